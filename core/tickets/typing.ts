import type { HostApp } from '../plugins/host-app.js';

/** Which side of a conversation writes at this moment. */
export type TypingSide = 'agent' | 'contact';

export interface Typing {
  note(ticketId: number, side: TypingSide, at: Date): void;
  /** Before the note runs out: it was sent, or given up. */
  end(ticketId: number, side: TypingSide): void;
  isTyping(ticketId: number, side: TypingSide, now: Date): boolean;
  /** Told when a side begins and ends. @returns a function that ends it */
  subscribe(listener: (ticketId: number, side: TypingSide) => void): () => void;
}

/** Pages of the desk say it every 25 seconds, chats every few. */
const STAYS_MS: Readonly<Record<TypingSide, number>> = { agent: 30_000, contact: 8000 };
const MOST = 10_000;
const known = new WeakMap<Pick<HostApp, 'db'>, Typing>();

/** Who is typing in which ticket, in the memory of this process: nothing is lost with it. */
export function typing(app: HostApp): Typing {
  let found = known.get(app);
  if (!found) known.set(app, (found = createTyping()));
  return found;
}

export function createTyping(): Typing {
  const notes = new Map<string, { at: number; over: NodeJS.Timeout }>();
  const listeners = new Set<(ticketId: number, side: TypingSide) => void>();
  const keyOf = (ticketId: number, side: TypingSide) => `${side}:${ticketId}`;
  const tell = (ticketId: number, side: TypingSide) => {
    for (const listener of listeners) listener(ticketId, side);
  };
  const isTyping: Typing['isTyping'] = (ticketId, side, now) => {
    const note = notes.get(keyOf(ticketId, side));
    return note !== undefined && now.getTime() - note.at < STAYS_MS[side];
  };

  const forget = (key: string): boolean => {
    clearTimeout(notes.get(key)?.over);
    return notes.delete(key);
  };
  const end: Typing['end'] = (ticketId, side) => {
    if (forget(keyOf(ticketId, side))) tell(ticketId, side);
  };

  return {
    isTyping,
    note(ticketId, side, at) {
      const isNew = !isTyping(ticketId, side, at);
      forget(keyOf(ticketId, side));
      const [oldest] = notes.keys();
      if (notes.size >= MOST && oldest !== undefined) forget(oldest);
      const over = setTimeout(() => end(ticketId, side), STAYS_MS[side]).unref();
      notes.set(keyOf(ticketId, side), { at: at.getTime(), over });
      if (isNew) tell(ticketId, side);
    },
    end,
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
