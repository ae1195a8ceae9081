import type { Knex } from 'knex';
import type { App } from '../database/app.js';
import type { Actor } from '../hooks/catalogue.js';
import { type EventRow, newestEventId, readEvents } from './event-rows.js';
import { actorOf, parsePayload } from './logged-event.js';
import { createWakeLoop } from './wake-loop.js';

/** An event as live pages get it. */
export interface LoggedRow {
  id: number;
  name: string;
  at: string;
  actor: Actor;
  ticketId: number | null;
  contactId: number | null;
  payload: Readonly<Record<string, unknown>>;
}
export type TailListener = (events: readonly LoggedRow[]) => void;

/** The end of the event log, read once per process for all live pages. */
export interface Tail {
  /** Begins at the current end of the log. */
  start(): Promise<void>;
  stop(): Promise<void>;
  /** @returns a function that ends the subscription */
  subscribe(listener: TailListener): () => void;
  /** Events after an id, oldest first, at most `limit` (1,000). */
  since(id: number, limit: number): Promise<readonly LoggedRow[]>;
  /** The newest id that subscribers were told of. */
  position(): number;
}

const AT_A_TIME = 500;
const MOST_AT_ONCE = 1000;
const POLL_MS = 5000;

export function createTail(app: App): Tail {
  const listeners = new Set<TailListener>();
  let position = 0;
  let unlisten: (() => void) | undefined;

  function tell(events: readonly LoggedRow[]): void {
    for (const listener of listeners) {
      try {
        listener(events);
      } catch (error) {
        app.log.error({ err: error }, 'a live listener failed');
      }
    }
  }

  async function step(): Promise<number> {
    if (listeners.size === 0) {
      // With nobody to tell, only the place is kept; who comes meanwhile is told from there.
      const newest = await newestEventId(app.db);
      if (listeners.size === 0) position = Math.max(position, newest);
    }
    for (let isMore = listeners.size > 0; isMore;) {
      const rows = await readAfter(app.db, position, AT_A_TIME);
      position = rows.at(-1)?.id ?? position;
      if (rows.length > 0) tell(rows);
      isMore = rows.length === AT_A_TIME;
    }
    return POLL_MS;
  }

  const loop = createWakeLoop({
    step,
    onError: (error) => app.log.error({ err: error }, 'the live tail failed'),
  });
  return {
    async start() {
      unlisten?.();
      position = await newestEventId(app.db);
      unlisten = app.signals.on('events', loop.wake);
      loop.start();
    },
    async stop() {
      unlisten?.();
      await loop.stop();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    since: (id, limit) => readAfter(app.db, id, Math.min(Math.max(1, limit), MOST_AT_ONCE)),
    position: () => position,
  };
}

async function readAfter(db: Knex, after: number, limit: number): Promise<readonly LoggedRow[]> {
  const { rows } = await readEvents(db, { after, upTo: Number.MAX_SAFE_INTEGER, limit });
  return rows.map(present);
}

const present = (row: EventRow): LoggedRow => ({
  id: row.id,
  name: row.name,
  at: row.at,
  actor: actorOf(row),
  ticketId: row.ticketId,
  contactId: row.contactId,
  payload: parsePayload(row.payload),
});
