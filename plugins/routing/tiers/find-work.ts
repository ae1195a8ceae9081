import type { Knex } from 'knex';
import type { Tier } from './tier.js';

/** Where a ticket is worked on above its owner, with the card it came with. */
export interface Work {
  readonly ticketId: number;
  readonly handoverId: number;
  readonly teamId: number;
  readonly tier: Tier;
  /** Null until somebody of the team takes it. */
  readonly workerId: number | null;
  readonly since: string;
  readonly fromTeamId: number | null;
  readonly fromTier: Tier;
  readonly card: Card | null;
}

/** Three lines, so that nobody has to ask the customer again. */
export interface Card {
  readonly wanted: string;
  readonly tried: string;
  readonly promised: string;
  readonly promisedAt: string | null;
  readonly by: number | null;
}

interface WorkRow extends Omit<Work, 'card'> {
  wanted: string | null;
  tried: string | null;
  promised: string | null;
  promisedAt: string | null;
  cardBy: number | null;
}

const columns = [
  'routing_work.ticketId',
  'routing_work.handoverId',
  'routing_work.teamId',
  'routing_work.tier',
  'routing_work.workerId',
  'routing_work.since',
  'routing_handovers.fromTeamId',
  'routing_handovers.fromTier',
  'routing_handovers.wanted',
  'routing_handovers.tried',
  'routing_handovers.promised',
  'routing_handovers.promisedAt',
  'routing_handovers.cardBy',
];

/** Undefined while nobody above the owner works on it. */
export async function findWork(db: Knex, ticketId: number): Promise<Work | undefined> {
  const row = (await db('routing_work')
    .join('routing_handovers', 'routing_handovers.id', 'routing_work.handoverId')
    .where('routing_work.ticketId', ticketId)
    .first(columns)) as WorkRow | undefined;
  return row && toWork(row);
}

function toWork({ wanted, tried, promised, promisedAt, cardBy, ...work }: WorkRow): Work {
  if (wanted === null) return { ...work, card: null };
  return { ...work, card: { wanted, tried: tried ?? '', promised: promised ?? '', promisedAt, by: cardBy } };
}
