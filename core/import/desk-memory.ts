import { errors } from '../errors/errors.js';
import type { TicketRecord } from '../tickets/models/ticket.js';

export interface Hat {
  readonly id: number;
  readonly organizationId: number | null;
  readonly domain: string | null;
  readonly validFrom: string;
  readonly validTo: string | null;
}
export interface KnownContact {
  readonly id: number;
  readonly hats: Hat[];
  readonly tickets: KnownTicket[];
}
export interface KnownTicket {
  now: TicketRecord;
  /** As the database has it; null while it is not written. */
  written: TicketRecord | null;
  readonly tagIds: Set<number>;
}

/** What an import has met so far, by the keys of its events. */
export interface DeskMemory {
  readonly organizations: Map<string, { id: number; domain: string | null }>;
  readonly contacts: Map<string, KnownContact>;
  readonly tickets: Map<string, KnownTicket>;
  /** Ids by normalised name. */
  readonly tags: Map<string, number>;
}

export const emptyMemory = (): DeskMemory => ({
  organizations: new Map(),
  contacts: new Map(),
  tickets: new Map(),
  tags: new Map(),
});

/** @throws INPUT_INVALID when an event names something that no earlier event brought */
export function recall<T>(known: ReadonlyMap<string, T>, what: string, key: string): T {
  const found = known.get(key);
  if (found === undefined) throw errors.INPUT_INVALID({ because: `there is no ${what} "${key}" yet` });
  return found;
}
