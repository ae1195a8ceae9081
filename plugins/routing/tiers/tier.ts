import type { Knex } from 'knex';

/** 1 talks to the customer, 2 knows more, 3 makes what is sold. */
export type Tier = 1 | 2 | 3;
export const tiers: readonly Tier[] = [1, 2, 3];

/** The tiers of the teams that are above the first. */
export async function readTiers(db: Knex): Promise<ReadonlyMap<number, Tier>> {
  const rows: { teamId: number; tier: Tier }[] = await db('routing_tiers').select('teamId', 'tier');
  return new Map(rows.map(({ teamId, tier }) => [teamId, tier]));
}

/** The tier of a team; no team is the first. */
export const tierOf = (known: ReadonlyMap<number, Tier>, teamId: number | null): Tier =>
  (teamId === null ? undefined : known.get(teamId)) ?? 1;
