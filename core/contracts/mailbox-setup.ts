import type { Actor } from '../hooks/catalogue.js';
import { service } from '../services/service.js';

export interface MailServer {
  readonly host: string;
  readonly port: number;
  readonly secure: 'tls' | 'starttls' | 'none';
}

/** What is known of an address before anybody signs in. */
export interface MailboxGuess {
  /** The provider's name, such as "Gmail". */
  readonly name: string;
  readonly imap: MailServer;
  readonly smtp: MailServer;
  /** What the owner has to do first; pages explain each in words of their own. */
  readonly hint: 'app-password' | 'enable-imap' | 'oauth-only' | 'bridge' | null;
  /** The provider's own page about it. */
  readonly helpUrl: string | null;
}

export interface MailboxSettings {
  readonly address: string;
  /** The name to sign in with; the address when left out. */
  readonly user?: string | undefined;
  /** Empty with an `accountId`: the stored one stays. */
  readonly password: string;
  readonly imap: MailServer;
  readonly smtp: MailServer;
  /** Default INBOX. */
  readonly folder?: string | undefined;
}

export type MailboxStepName =
  | 'dns'
  | 'connect'
  | 'tls'
  | 'sign-in'
  | 'folder'
  | 'smtp-connect'
  | 'smtp-sign-in'
  | 'send';

/** One thing that was tried. `code` is a kind of trouble that pages explain, `raw` the server's own words. */
export interface MailboxStep {
  readonly step: MailboxStepName;
  readonly state: 'ok' | 'failed' | 'skipped';
  readonly trouble?: { readonly code: string; readonly raw: string };
}

/** How pages connect a mailbox without knowing how mail works. */
export interface MailboxSetup {
  /** Null when nothing is known; then the owner fills in the servers. Takes 10 seconds at most. */
  recognise(address: string): Promise<MailboxGuess | null>;
  /**
   * Tries everything and says where it fails. Never rejects; takes about two minutes at most.
   * @param options.accountId whose stored password is used when none is given
   */
  check(
    settings: MailboxSettings,
    options?: { accountId?: number; onStep?: (step: MailboxStep) => void },
  ): Promise<{ ok: boolean; steps: readonly MailboxStep[] }>;
  /** Stores the mailbox and begins to watch it. @returns the account's id */
  add(settings: MailboxSettings & { lineId: number; name: string; actor: Actor }): Promise<number>;
  /** Settings of a mailbox without its password. @throws ACCOUNT_UNKNOWN */
  read(accountId: number): Promise<Omit<MailboxSettings, 'password'>>;
  /** An empty password stays as it was. @throws ACCOUNT_UNKNOWN, TICKET_CHANGED */
  change(
    accountId: number,
    settings: MailboxSettings & { lineId: number; name: string; expectedVersion?: number; actor: Actor },
  ): Promise<void>;
}
/** Provided by the plugin whose channel is mail. */
export const mailboxSetup = service<MailboxSetup>('mailboxSetup');

/** Letters to try an empty desk with. */
export interface SampleMail {
  /** Brings a dozen letters in the way real ones come. @returns how many were taken in */
  load(language: 'ru' | 'en', actor: Actor): Promise<number>;
}
export const sampleMail = service<SampleMail>('sampleMail');
