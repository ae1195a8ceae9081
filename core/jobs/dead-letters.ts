import type { Knex } from 'knex';
import type { App } from '../database/app.js';
import { change } from '../database/change.js';
import { errors } from '../errors/errors.js';
import { dropLetter, type LetterRow } from './follower-letters.js';

/** An event that a follower gave up, and how many of the same ticket wait behind it. */
export interface DeadLetter {
  id: number;
  follower: string;
  eventId: number;
  event: string;
  at: string;
  ticketId: number | null;
  attempts: number;
  lastError: string | null;
  waiting: number;
}

/** Newest first. @param before an id, for the next page */
export async function listDeadLetters(
  db: Knex,
  { before, limit = 100 }: { before?: number; limit?: number } = {},
): Promise<readonly DeadLetter[]> {
  const query = db('followerLetters as dead')
    .leftJoin('events', 'events.id', 'dead.eventId')
    .where('dead.state', 'dead')
    .orderBy('dead.id', 'desc')
    .limit(limit)
    .select<DeadLetter[]>(
      'dead.id',
      'dead.follower',
      'dead.eventId',
      db.raw(`coalesce(events.name, '') as event`),
      db.raw(`coalesce(events.at, dead.created_at) as at`),
      'dead.ticketId',
      'dead.attempts',
      'dead.lastError',
      countBehind(db).as('waiting'),
    );
  return before === undefined ? query : query.where('dead.id', '<', before);
}

/** What waits behind a dead letter, as a part of the query that reads it. */
function countBehind(db: Knex): Knex.QueryBuilder {
  return db('followerLetters as behind')
    .where('behind.state', 'waiting')
    .where('behind.follower', db.ref('dead.follower'))
    .where('behind.ticketId', db.ref('dead.ticketId'))
    .count('*');
}

/** Gives a dead letter all its attempts again; what waits behind it follows in order. @throws NOT_FOUND */
export async function rerunDeadLetter(app: App, id: number): Promise<void> {
  await onDeadLetter(app, id, async (trx, letter, at) => {
    await trx<LetterRow>('follower_letters')
      .where({ id: letter.id })
      .update({ state: 'retry', dueAt: at, attempts: 0 });
  });
}

/** Leaves the event out; what waits behind it follows in order. @throws NOT_FOUND */
export async function skipDeadLetter(app: App, id: number): Promise<void> {
  await onDeadLetter(app, id, dropLetter);
}

async function onDeadLetter(
  app: App,
  id: number,
  work: (trx: Knex.Transaction, letter: LetterRow, at: string) => Promise<void>,
): Promise<void> {
  await change(app, async (step) => {
    const { trx, at } = step;
    const dead = trx<LetterRow>('follower_letters').where({ id, state: 'dead' });
    const known = await dead.clone().first();
    if (!known) throw errors.NOT_FOUND();
    // The same lock as the follower's own writes, so that no event is put behind a letter that just goes.
    await trx('followers').where({ name: known.follower }).increment('fence', 0);
    const letter = await dead.clone().first();
    if (!letter) throw errors.NOT_FOUND();
    await work(trx, letter, at);
    step.afterCommit(() => app.signals.wake('events'));
  });
}
