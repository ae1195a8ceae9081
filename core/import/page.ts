import type { NewEvent } from '../database/append-events.js';
import type { EventName, EventPayload, Actor } from '../hooks/catalogue.js';
import { placeTicket } from '../tickets/place-ticket.js';
import type { TicketRecord } from '../tickets/models/ticket.js';
import type { DeskMemory, KnownTicket } from './desk-memory.js';

type RowOf = Readonly<Record<string, unknown>>;

/** Ids that this page may give, reserved in its transaction. */
export interface Ids {
  organization(): number;
  contact(): number;
  membership(): number;
  ticket(): number;
  message(): number;
  /** Numbers of tickets. */
  number(): number;
}

/** One transaction's worth of history: the rows to write, gathered in memory. */
export interface Page {
  readonly memory: DeskMemory;
  readonly ids: Ids;
  /** Contacts that the desk had before, by `kind:normalised`. */
  readonly taken: ReadonlyMap<string, number>;
  readonly rows: Readonly<Record<PageTable, RowOf[]>>;
  readonly words: Readonly<Record<'contacts_search' | 'messages_search', { id: number; text: string }[]>>;
  readonly touched: Set<KnownTicket>;
  readonly events: (NewEvent & { at: string })[];
}

export const pageTables = [
  'organizations',
  'contacts',
  'identities',
  'memberships',
  'uncompared_contacts',
  'messages',
  'attachments',
  'mentions',
  'ticket_tags',
] as const;
export type PageTable = (typeof pageTables)[number];

export function newPage({ memory, ids, taken }: Pick<Page, 'memory' | 'ids' | 'taken'>): Page {
  return {
    memory,
    ids,
    taken,
    rows: {
      organizations: [],
      contacts: [],
      identities: [],
      memberships: [],
      uncompared_contacts: [],
      messages: [],
      attachments: [],
      mentions: [],
      ticket_tags: [],
    },
    words: { contacts_search: [], messages_search: [] },
    touched: new Set(),
    events: [],
  };
}

/** Notes an event of the log with its own time. */
export function note<N extends EventName>(
  page: Page,
  at: string,
  event: { name: N; payload: EventPayload<N> & { actor: Actor } },
): void {
  page.events.push({ ...event, at });
}

type Patch = Partial<Omit<TicketRecord, 'id' | 'number' | 'version' | 'bucket' | 'attentionAt'>>;

/** The same rules as `saveTicket`, in memory: place, time, and a version that only properties raise. */
export function patchTicket(
  page: Page,
  ticket: KnownTicket,
  { at, quiet = false, ...patch }: Patch & { at: string; quiet?: boolean },
): void {
  const merged = { ...ticket.now, ...patch };
  const version = quiet ? merged.version : merged.version + 1;
  ticket.now = { ...merged, ...placeTicket(merged), updatedAt: at, version };
  page.touched.add(ticket);
}
