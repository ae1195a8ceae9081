import { AsyncLocalStorage } from 'node:async_hooks';
import type { Knex } from 'knex';
import { errors } from '../errors/errors.js';
import type { EventName, EventPayload, Given, Actor } from '../hooks/catalogue.js';
import type { App } from './app.js';
import { appendEvents, type NewEvent } from './append-events.js';

/** One transaction. Only `trx` may be used inside; what is announced commits with it. */
export interface Change {
  readonly trx: Knex.Transaction;
  /** The time of this change, ISO text. */
  readonly at: string;
  /** Records what happened, with who did it. Payloads hold ids, keys and numbers, never a person's words. */
  announce<N extends EventName>(name: N, payload: EventPayload<N> & { actor: Actor }): void;
  /** Runs last inside the transaction, when no other change can be in the same place (counters). */
  atEnd(work: () => Promise<void>): void;
  /** Runs after a successful commit. */
  afterCommit(work: () => void): void;
}

const inside = new AsyncLocalStorage<boolean>();

/**
 * Writes a change and its events in one transaction, then tells the taps of those events.
 * @throws CHANGE_NESTED when called inside another change: there is one writer, it would wait for itself.
 */
export async function change<T>(app: App, work: (change: Change) => Promise<T>): Promise<T> {
  if (inside.getStore()) throw errors.CHANGE_NESTED();
  const announced: NewEvent[] = [];
  const after: (() => void)[] = [];
  const at = app.now().toISOString();
  const answer = await inside.run(true, () =>
    app.database.writer.transaction(async (trx) => {
      const last: (() => Promise<void>)[] = [];
      const result = await work({
        trx,
        at,
        announce: (name, payload) => void announced.push({ name, payload }),
        atEnd: (more) => void last.push(more),
        afterCommit: (more) => void after.push(more),
      });
      if (announced.length > 0 || last.length > 0) await oneAtATime(app, trx);
      for (const more of last) await more();
      if (announced.length > 0) await appendEvents(trx, at, announced, app.database.engine);
      return result;
    }),
  );
  for (const more of after) more();
  if (announced.length > 0) tell(app, announced);
  return answer;
}

// Held from here to the commit, so that ids of events follow the order of commits and counters never deadlock.
// SQLite has a single writer anyway.
const EVENTS_LOCK = 4_711_001;
async function oneAtATime(app: App, trx: Knex.Transaction): Promise<void> {
  if (app.database.engine === 'postgres') await trx.raw('select pg_advisory_xact_lock(?)', [EVENTS_LOCK]);
}

function tell(app: App, announced: readonly NewEvent[]): void {
  app.signals.wake('events');
  for (const { name, payload } of announced) {
    if (!app.hooks.listens(name)) continue;
    // Taps run after the commit and may start changes of their own.
    const told = inside.run(false, () => app.hooks.emit(name, payload as Given<EventName>));
    app.signals.track(
      told.catch((error: unknown) => app.log.error({ err: error, hook: name }, 'event taps failed')),
    );
  }
}
