import { createLaterList, type LaterList } from './later-list.js';

/** What is known of one folder's mails, for as long as its UIDVALIDITY stays; a new one makes every uid new. */
export interface FolderMemory {
  uidValidity: string;
  /** Taken, but perhaps not flagged on the server: never to be fetched again. */
  taken: Set<number>;
  /** Older than wanted. */
  ignored: Set<number>;
  later: LaterList;
  /** How often the connection ended while a mail was being fetched. */
  fatal: Map<number, number>;
  /** Everything below this uid is taken or ignored; for servers that cannot be asked what is. */
  from: number;
  /** What taken mails still have to be moved away was looked up on this connection. */
  sweptBy: object | undefined;
}

export function newMemory(
  uidValidity: string,
  later: { firstMs: number; longestMs: number; now(): Date },
): FolderMemory {
  return {
    uidValidity,
    taken: new Set(),
    ignored: new Set(),
    later: createLaterList(later),
    fatal: new Map(),
    from: 1,
    sweptBy: undefined,
  };
}

/** Forget what the server no longer lists, so that memory is bounded by what is in the folder. */
export function keepOnly(memory: FolderMemory, listed: number[]): void {
  const present = new Set(listed);
  for (const set of [memory.taken, memory.ignored])
    for (const uid of set) if (!present.has(uid)) set.delete(uid);
  for (const uid of memory.fatal.keys()) if (!present.has(uid)) memory.fatal.delete(uid);
}
