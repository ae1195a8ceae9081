import type { ImapFlow, MailboxObject } from 'imapflow';
import type { FolderMemory } from './folder-memory.js';
import type { WatchOptions, WatchTiming } from './imap-settings.js';

/** One round's circumstances. */
export interface Folder {
  client: ImapFlow;
  mailbox: MailboxObject;
  options: WatchOptions;
  timing: WatchTiming;
  memory: FolderMemory;
  isStopping: () => boolean;
}

export function keywordOf(options: WatchOptions): string {
  return options.keyword ?? '$HelpdeskTaken';
}

/** Whether the server keeps flags of our own: PERMANENTFLAGS with `\*` or with the keyword (RFC 3501 7.1). */
export function keepsKeyword({ permanentFlags, readOnly }: MailboxObject, options: WatchOptions): boolean {
  if (readOnly === true) return false;
  if (permanentFlags === undefined || permanentFlags.has('\\*')) return true;
  const keyword = keywordOf(options).toLowerCase();
  return [...permanentFlags].some((flag) => flag.toLowerCase() === keyword);
}
