import { change, type Actor, type App } from '@helpdesk/core';
import type { Tier } from './tier.js';
import './tier-hooks.js';

/** Says of teams which tier they are. */
export async function setTiers(
  app: App,
  { tiers, actor }: { tiers: ReadonlyMap<number, Tier>; actor: Actor },
): Promise<void> {
  const teamIds = [...tiers.keys()];
  if (teamIds.length === 0) return;
  await change(app, async ({ trx, announce }) => {
    await trx('routing_tiers').whereIn('teamId', teamIds).delete();
    const above = [...tiers].filter(([, tier]) => tier > 1).map(([teamId, tier]) => ({ teamId, tier }));
    if (above.length > 0) await trx('routing_tiers').insert(above);
    announce('routing.tiersChanged', { teamIds, actor });
  });
}
