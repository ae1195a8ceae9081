import type { Knex } from 'knex';
import { appendEventsAt } from '../database/append-events.js';
import type { App } from '../database/app.js';
import { indexManyWords } from '../database/search/index-words.js';
import { addToDrawers, drawerOf, type Drawer } from '../tickets/count-tickets.js';
import type { KnownTicket } from './desk-memory.js';
import type { HistoryEvent } from './history-event.js';
import { pageTables, type Page } from './page.js';
import { writeDeskAct, writeField, writeMove, writeSnooze, writeTag } from './write-changes.js';
import { writeNote, writeReceived, writeReply } from './write-messages.js';
import { writeContact, writeOrganization } from './write-people.js';

/** Lets one event happen in memory. @throws INPUT_INVALID when it speaks of what is not there */
export function writeEvent(page: Page, event: HistoryEvent): void {
  switch (event.kind) {
    case 'organization':
      return writeOrganization(page, event);
    case 'contact':
      return writeContact(page, event);
    case 'received':
      return writeReceived(page, event);
    case 'replied':
      return writeReply(page, event);
    case 'noted':
      return writeNote(page, event);
    case 'tagged':
      return writeTag(page, event);
    case 'snoozed':
      return writeSnooze(page, event);
    case 'solved':
    case 'reopened':
      return writeMove(page, event);
    case 'woken':
    case 'closed':
      return writeDeskAct(page, event);
    default:
      return writeField(page, event);
  }
}

const ROWS_AT_A_TIME = 100;

/** Writes everything but counters and events: in the order in which tables refer to each other. */
export async function storePage(app: App, trx: Knex.Transaction, page: Page): Promise<void> {
  const isEarly = (table: string) => table !== 'messages' && !needsMessage.has(table);
  for (const table of pageTables.filter(isEarly)) await insertAll(trx, table, page.rows[table]);
  await storeTickets(trx, [...page.touched]);
  for (const table of pageTables.filter((name) => !isEarly(name)))
    await insertAll(trx, table, page.rows[table]);
  for (const table of ['contacts_search', 'messages_search'] as const)
    for (const entries of inChunks(page.words[table]))
      await indexManyWords(trx, app.database.engine, { table, entries });
}

const needsMessage = new Set(['attachments', 'mentions', 'ticket_tags']);

/** Runs last inside the transaction, when no other change can be in the same place. */
export async function storeLast(app: App, trx: Knex.Transaction, page: Page): Promise<void> {
  const drawers = movesOf(page.touched);
  if (drawers.length > 0) await addToDrawers(trx, drawers);
  for (const events of inChunks(page.events)) await appendEventsAt(trx, events, app.database.engine);
}

async function storeTickets(trx: Knex.Transaction, tickets: readonly KnownTicket[]): Promise<void> {
  for (const chunk of inChunks(tickets))
    await trx('tickets')
      .insert(chunk.map(({ now }) => now))
      .onConflict('id')
      .merge();
}

async function insertAll(
  trx: Knex.Transaction,
  table: string,
  rows: readonly Readonly<Record<string, unknown>>[],
): Promise<void> {
  for (const chunk of inChunks(rows)) await trx(table).insert(chunk);
}

function* inChunks<T>(items: readonly T[]): Generator<T[]> {
  for (let at = 0; at < items.length; at += ROWS_AT_A_TIME) yield items.slice(at, at + ROWS_AT_A_TIME);
}

/** How the page moved tickets between drawers, each drawer once. */
function movesOf(touched: ReadonlySet<KnownTicket>): Drawer[] {
  const sums = new Map<string, Drawer>();
  const add = (drawer: Drawer) => {
    const key = JSON.stringify({ ...drawer, n: 0 });
    sums.set(key, { ...drawer, n: (sums.get(key)?.n ?? 0) + drawer.n });
  };
  for (const { now, written } of touched) {
    if (written) add(drawerOf(written, -1));
    add(drawerOf(now, 1));
  }
  return [...sums.values()].filter(({ n }) => n !== 0);
}
