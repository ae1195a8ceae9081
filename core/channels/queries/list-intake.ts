import type { Knex } from 'knex';
import { errors } from '../../errors/errors.js';

export interface IntakeRecord {
  readonly id: number;
  readonly accountId: number;
  readonly account: string;
  readonly channel: string;
  readonly externalId: string;
  readonly sha256: string;
  readonly size: number;
  readonly receivedAt: string;
  readonly state: 'received' | 'processing' | 'delivered' | 'duplicate' | 'parked' | 'refused';
  readonly reason: string | null;
  readonly detail: string | null;
  readonly attempts: number;
  readonly messageId: number | null;
  readonly duplicateOf: number | null;
  readonly ticketId: number | null;
}

const rows = (db: Knex) =>
  db('intake')
    .join('channelAccounts', 'channelAccounts.id', 'intake.accountId')
    .leftJoin('messages', (join) =>
      join.on('messages.id', db.raw('coalesce(intake.message_id, intake.duplicate_of)')),
    )
    .select<IntakeRecord[]>('intake.*', 'channelAccounts.name as account', 'messages.ticketId');

/** The journal, newest first, a page at a time. */
export async function listIntake(
  db: Knex,
  { state, before, limit = 50 }: { state?: string; before?: number; limit?: number },
): Promise<IntakeRecord[]> {
  const query = rows(db).orderBy('intake.id', 'desc').limit(limit);
  if (state) void query.where('intake.state', state);
  if (before !== undefined) void query.where('intake.id', '<', before);
  return query;
}

/** @throws INTAKE_UNKNOWN */
export async function findIntake(db: Knex, intakeId: number): Promise<IntakeRecord> {
  const row = await rows(db).where('intake.id', intakeId).first();
  if (!row) throw errors.INTAKE_UNKNOWN();
  return row;
}

/** received = delivered + duplicate + parked + refused + in work: must balance. */
export interface IntakeBalance {
  readonly received: number;
  readonly delivered: number;
  readonly duplicate: number;
  readonly parked: number;
  readonly refused: number;
  readonly inWork: number;
}

export async function balanceIntake(db: Knex): Promise<IntakeBalance> {
  const counts: { state: string; n: number }[] = await db('intake')
    .groupBy('state')
    .select('state')
    .count({ n: '*' });
  const of = (state: string) => counts.find((row) => row.state === state)?.n ?? 0;
  return {
    received: counts.reduce((total, { n }) => total + n, 0),
    delivered: of('delivered'),
    duplicate: of('duplicate'),
    parked: of('parked'),
    refused: of('refused'),
    inWork: of('received') + of('processing'),
  };
}

/** How many raw messages wait for people: the banner shows it. */
export async function countParked(db: Knex): Promise<number> {
  const [row] = await db('intake').where({ state: 'parked' }).count<{ n: number }[]>({ n: '*' });
  return row?.n ?? 0;
}
