import { change, type Actor, type App } from '@helpdesk/core';
import { tiers, type Tier } from './tier.js';
import './tier-hooks.js';

/** Says who answers for a line and a type, null for any; a tier without a team says nothing of its own. */
export async function setResponsibility(
  app: App,
  {
    lineId,
    type,
    teams,
    actor,
  }: { lineId: number | null; type: string | null; teams: ReadonlyMap<Tier, number>; actor: Actor },
): Promise<void> {
  const place = { lineId: lineId ?? 0, type: type ?? '' };
  await change(app, async ({ trx, announce }) => {
    await trx('routing_responsibilities').where(place).delete();
    const rows = tiers.flatMap((tier) => {
      const teamId = teams.get(tier);
      return teamId === undefined ? [] : [{ ...place, tier, teamId }];
    });
    if (rows.length > 0) await trx('routing_responsibilities').insert(rows);
    announce('routing.responsibilityChanged', { lineId, type, actor });
  });
}
