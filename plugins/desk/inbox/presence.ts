import { typing, type HostApp, type Typing } from '@helpdesk/core';

export type PresenceState = 'viewing' | 'replying';

/** Somebody who has a ticket open. */
export interface PresenceNote {
  readonly ticketId: number;
  readonly agentId: number;
  readonly name: string;
  readonly state: PresenceState;
  readonly at: Date;
}
export interface Presence {
  note(note: PresenceNote): void;
  /** Says that somebody has left before the note ran out. */
  leave(ticketId: number, agentId: number): void;
  /** Who is there; a note counts for 30 seconds. */
  list(ticketId: number, now: Date): readonly PresenceNote[];
  /** Told when somebody comes, leaves, or begins or ends writing. @returns a function that ends it */
  subscribe(listener: (ticketId: number) => void): () => void;
}

const STAYS_MS = 30_000;
const MOST_TICKETS = 5000;
const known = new WeakMap<HostApp, Presence>();

/** Who looks at which ticket, in the memory of this process. */
export function presence(app: HostApp): Presence {
  let found = known.get(app);
  if (!found) known.set(app, (found = createPresence(typing(app))));
  return found;
}

function createPresence(writing: Typing): Presence {
  const tickets = new Map<number, Map<number, PresenceNote>>();
  const listeners = new Set<(ticketId: number) => void>();
  const tell = (ticketId: number) => listeners.forEach((listener) => listener(ticketId));
  const isThere = ({ at }: PresenceNote, now: Date) => now.getTime() - at.getTime() < STAYS_MS;

  return {
    note(note) {
      const here = tickets.get(note.ticketId) ?? new Map<number, PresenceNote>();
      const before = here.get(note.agentId);
      here.set(note.agentId, note);
      tickets.delete(note.ticketId);
      tickets.set(note.ticketId, here);
      dropOldest(tickets);
      if (note.state === 'replying') writing.note(note.ticketId, 'agent', note.at);
      else if (before?.state === 'replying') writing.end(note.ticketId, 'agent');
      if (!before || before.state !== note.state || !isThere(before, note.at)) tell(note.ticketId);
    },
    leave(ticketId, agentId) {
      const before = tickets.get(ticketId)?.get(agentId);
      if (before?.state === 'replying') writing.end(ticketId, 'agent');
      if (tickets.get(ticketId)?.delete(agentId)) tell(ticketId);
    },
    list(ticketId, now) {
      const here = tickets.get(ticketId);
      if (!here) return [];
      for (const [agentId, note] of here) if (!isThere(note, now)) here.delete(agentId);
      if (here.size === 0) tickets.delete(ticketId);
      return [...here.values()];
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

function dropOldest(tickets: Map<number, unknown>): void {
  for (const oldest of tickets.keys()) {
    if (tickets.size <= MOST_TICKETS) return;
    tickets.delete(oldest);
  }
}
