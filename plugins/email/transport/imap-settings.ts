import type { Readable } from 'node:stream';
import type { MailTrouble } from './mail-trouble.js';
import type { Security } from './smtp-options.js';

export interface ImapSettings {
  host: string;
  port: number;
  secure: Security;
  user: string;
  password: string;
  /** Certificates are checked unless this says false. */
  tls?: { rejectUnauthorized?: boolean; ca?: string };
}

export interface IncomingMail {
  /** With `uid`, the mail's name in this folder for as long as the server lives (RFC 3501 2.3.1.1). */
  uidValidity: string;
  uid: number;
  /** The mail byte for byte, or its first `maxBytes`. Read it to its end; it fails when the connection does. */
  raw: Readable;
  /** As the server states it, in bytes; some servers only estimate. */
  size: number;
  /** `size` is over `maxBytes`: only that much is in `raw`. */
  truncated: boolean;
  /** When the server received it. */
  internalDate: Date;
  flags: string[];
}

export interface WatchState {
  connected: boolean;
  /** Waiting for the server to announce mail (IDLE). */
  idle: boolean;
  /** When this became so. */
  at: Date;
  /** Why there is no connection; stays until there is one again. */
  error?: MailTrouble;
  /** The last time the folder was looked through to its end. */
  lastFetchAt?: Date;
}

export interface WatchTiming {
  /** Between looking when nothing was announced; also how long a silent server goes unnoticed. */
  pollMs: number;
  /** How long one command may take, and how long the server may be silent during a longer one. */
  commandMs: number;
  /** Between opening the folder anew: some servers keep showing a folder that was renamed or replaced. */
  reopenMs: number;
  /** Before the second attempt to connect; doubled for each further one. */
  reconnectMs: number;
  longestReconnectMs: number;
  /** Before a mail answered with 'later' is offered again; doubled each time. */
  laterMs: number;
  longestLaterMs: number;
}

export interface WatchOptions extends ImapSettings {
  /** INBOX when absent. */
  folder?: string;
  /** The flag that says "taken"; `$HelpdeskTaken` when absent. */
  keyword?: string;
  /** Mails the server received before this are left alone; all are taken when absent. */
  takeSince?: Date;
  after: 'flag-seen' | 'move';
  /** The folder for `after: 'move'`; made when missing. */
  moveTo?: string;
  /** Of one mail, handed over at most; 50 MiB when absent. */
  maxBytes?: number;
  /** Which of these were taken already: they are only flagged. At most 1,000 uids at a time. */
  seen?: (uidValidity: string, uids: number[]) => Promise<Set<number>>;
  /** Store the mail durably, then say 'taken': only after that it is flagged. A rejection means 'later'. */
  onMail: (mail: IncomingMail) => Promise<'taken' | 'later'>;
  onState?: (state: WatchState) => void;
  log?: WatchLog;
  now: () => Date;
  timing?: Partial<WatchTiming>;
  /** Between 0 and 1, for the spread of reconnects. */
  random?: () => number;
  /** Called at `imap.afterFetch`, `imap.beforeStore`, `imap.afterStore`, `imap.beforeMove`, `imap.afterMove`. */
  fault?: (name: string) => void | Promise<void>;
}

export interface WatchLog {
  info: (obj: object, message: string) => void;
  warn: (obj: object, message: string) => void;
  error: (obj: object, message: string) => void;
}

export const usualTiming: WatchTiming = {
  pollMs: 30_000,
  commandMs: 30_000,
  reopenMs: 600_000,
  reconnectMs: 5_000,
  longestReconnectMs: 300_000,
  laterMs: 30_000,
  longestLaterMs: 3_600_000,
};
