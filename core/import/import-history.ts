import type { Knex } from 'knex';
import type { App } from '../database/app.js';
import { change } from '../database/change.js';
import { fold } from '../database/search/words.js';
import { errors } from '../errors/errors.js';
import { emptyMemory, type DeskMemory } from './desk-memory.js';
import type { HistoryEvent } from './history-event.js';
import { newPage } from './page.js';
import { reserveIds } from './reserve-ids.js';
import { tagNameOf } from './write-changes.js';
import { storeLast, storePage, writeEvent } from './write-page.js';
import { normaliseAll } from './write-people.js';

/** A history being taken in: remembers by its keys what was written. */
export interface HistoryImport {
  /**
   * Writes events in one transaction, in their order, each with its own time. Live taps are not called; followers
   * and replays meet them as any other.
   * @throws INPUT_INVALID when one speaks of what is not there; then none of them is kept, and the import must end
   */
  write(events: readonly HistoryEvent[]): Promise<void>;
}

/** Begins to take in what happened elsewhere or long ago, thousands of events a second. */
export function startHistoryImport(app: App): HistoryImport {
  const memory = emptyMemory();
  let isBroken = false;
  return {
    async write(events) {
      if (isBroken) throw errors.INPUT_INVALID({ because: 'an earlier part of this import failed' });
      isBroken = true;
      await writePage(app, memory, events);
      isBroken = false;
    },
  };
}

async function writePage(app: App, memory: DeskMemory, events: readonly HistoryEvent[]): Promise<void> {
  const touched = await change(app, async ({ trx, atEnd, afterCommit }) => {
    const { engine } = app.database;
    const taken = await findTaken(trx, events);
    await makeTags(trx, memory, events);
    const ids = await reserveIds(trx, engine, events, (key) => !memory.tickets.has(key));
    const page = newPage({ memory, ids, taken });
    for (const event of events) writeEvent(page, event);
    await storePage(app, trx, page);
    atEnd(() => storeLast(app, trx, page));
    afterCommit(() => app.signals.wake('events'));
    return page.touched;
  });
  for (const ticket of touched) ticket.written = ticket.now;
}

const AT_A_TIME = 200;

async function findTaken(trx: Knex, events: readonly HistoryEvent[]): Promise<Map<string, number>> {
  const values = events.flatMap((event) =>
    event.kind === 'contact' ? normaliseAll(event).map(({ normalised }) => normalised) : [],
  );
  const taken = new Map<string, number>();
  for (let at = 0; at < values.length; at += AT_A_TIME) {
    const rows: { kind: string; normalised: string; contactId: number }[] = await trx('identities')
      .whereIn('normalised', values.slice(at, at + AT_A_TIME))
      .select('kind', 'normalised', 'contactId');
    for (const { kind, normalised, contactId } of rows) taken.set(`${kind}:${normalised}`, contactId);
  }
  return taken;
}

async function makeTags(trx: Knex, memory: DeskMemory, events: readonly HistoryEvent[]): Promise<void> {
  for (const event of events) {
    if (event.kind !== 'tagged') continue;
    const name = tagNameOf(event.tag);
    const normalised = fold(name);
    if (name === '') throw errors.INPUT_INVALID({ because: 'a tag needs a name' });
    if (memory.tags.has(normalised)) continue;
    const [row] = await trx('tags')
      .insert({ name, normalised })
      .onConflict('normalised')
      .merge({ normalised })
      .returning<{ id: number }[]>('id');
    if (row) memory.tags.set(normalised, row.id);
  }
}
