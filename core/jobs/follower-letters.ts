import type { Knex } from 'knex';
import type { App } from '../database/app.js';
import { change, type Change } from '../database/change.js';
import { LETTER_BACK_OFF, later, pauseAfter } from './back-off.js';
import { describeFailure } from './describe-failure.js';
import type { EventRow } from './event-rows.js';
import { type Lease, noteSaved, saveCursor } from './follower-lease.js';

/** An event that a follower could not take, or one that waits behind it. */
export interface LetterRow {
  id: number;
  follower: string;
  eventId: number;
  ticketId: number | null;
  state: 'retry' | 'dead' | 'waiting';
  attempts: number;
  dueAt: string | null;
  lastError: string | null;
  createdAt: string;
}

const letters = (trx: Knex) => trx<LetterRow>('follower_letters');

/** Puts an event that failed aside: the cursor passes it, its ticket is blocked. @throws LeaseLost */
export async function setAsideFailed(app: App, lease: Lease, event: EventRow, error: unknown): Promise<void> {
  await change(app, async ({ trx, at }) => {
    await saveCursor(app, trx, lease, event.id);
    const dueAt = later(app.now(), pauseAfter(1, LETTER_BACK_OFF));
    const failed = { state: 'retry' as const, attempts: 1, dueAt, lastError: describeFailure(error) };
    await insertLetters(trx, [{ ...letterFor(lease, event, at), ...failed }]);
  });
  if (event.ticketId !== null) lease.blocked.add(event.ticketId);
  noteSaved(app, lease, event.id);
}

/**
 * Of these events, those that may run. Those whose ticket is blocked get a letter in this transaction,
 * in which the follower's row is locked already.
 */
export async function setAsideBlocked(
  trx: Knex.Transaction,
  lease: Lease,
  rows: readonly EventRow[],
  at: string,
): Promise<readonly EventRow[]> {
  const clear: EventRow[] = [];
  const waiting: EventRow[] = [];
  for (const row of rows) ((await isBlocked(trx, lease, row)) ? waiting : clear).push(row);
  const inserts = waiting.map((row) => ({
    ...letterFor(lease, row, at),
    state: 'waiting' as const,
    attempts: 0,
  }));
  // A statement holds few parameters on SQLite.
  for (let i = 0; i < inserts.length; i += 100) await insertLetters(trx, inserts.slice(i, i + 100));
  return clear;
}

async function isBlocked(
  trx: Knex.Transaction,
  { blocked, follower }: Lease,
  { ticketId }: EventRow,
): Promise<boolean> {
  if (ticketId === null || !blocked.has(ticketId)) return false;
  // Somebody may have skipped the dead letter since the lease was taken.
  if (await letters(trx).where({ follower, ticketId }).first('id')) return true;
  blocked.delete(ticketId);
  return false;
}

// A second letter for an event would say nothing new.
async function insertLetters(
  trx: Knex.Transaction,
  rows: readonly Omit<Partial<LetterRow>, 'id'>[],
): Promise<void> {
  await letters(trx)
    .insert([...rows])
    .onConflict(['follower', 'eventId'])
    .ignore();
}

const letterFor = ({ follower }: Lease, { id, ticketId }: EventRow, at: string) => ({
  follower,
  eventId: id,
  ticketId,
  createdAt: at,
});

/** The letters that are to be tried now, oldest event first. */
export async function dueLetters(db: Knex, follower: string, now: Date): Promise<readonly LetterRow[]> {
  return letters(db)
    .where({ follower, state: 'retry' })
    .where('dueAt', '<=', now.toISOString())
    .orderBy('eventId')
    .limit(50);
}

/** Removes a letter and lets the next event of its ticket try. The follower's row must be locked. */
export async function dropLetter(trx: Knex.Transaction, letter: LetterRow, at: string): Promise<void> {
  await letters(trx).where({ id: letter.id }).delete();
  const { follower, ticketId } = letter;
  if (ticketId === null) return;
  const next = await letters(trx).where({ follower, ticketId }).orderBy('eventId').first();
  if (next?.state === 'waiting')
    await letters(trx).where({ id: next.id }).update({ state: 'retry', dueAt: at });
}

/** Notes that a letter failed again; after the last pause it is dead and somebody must look. */
export async function noteLetterFailed(
  app: App,
  step: Change,
  { letter, eventName, error }: { letter: LetterRow; eventName: string; error: unknown },
): Promise<void> {
  const { trx } = step;
  const attempts = letter.attempts + 1;
  const lastError = describeFailure(error);
  const isDead = attempts > LETTER_BACK_OFF.length;
  const dueAt = isDead ? null : later(app.now(), pauseAfter(attempts, LETTER_BACK_OFF));
  const state = isDead ? 'dead' : 'retry';
  await letters(trx).where({ id: letter.id }).update({ state, attempts, dueAt, lastError });
  // A follower of job.failed that fails must not feed itself.
  if (isDead && eventName !== 'job.failed')
    step.announce('job.failed', {
      job: letter.follower,
      attempts,
      actor: { kind: 'system', id: 'followers', door: 'job' },
    });
}
