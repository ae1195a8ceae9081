import { service } from '../services/service.js';

/** A mail that is not an answer in a ticket: invitations, resets, reports. */
export interface NoticeMail {
  to: string;
  subject: string;
  text: string;
  /** Sanitised before it leaves. */
  html?: string;
  /** How to end such mails: `List-Unsubscribe` (RFC 2369) and `List-Unsubscribe-Post` (RFC 8058). No others are taken. */
  headers?: Readonly<Record<string, string>>;
}

/** Sends notices through the company's first working mailbox. */
export interface Mailer {
  /** Whether some mailbox can send now. */
  ready(): Promise<boolean>;
  /** Queues the mail durably. Resolves when it is stored, not when it is delivered. */
  send(mail: NoticeMail): Promise<void>;
}
export const mailer = service<Mailer>('mailer');

/** Keeps large content by its SHA-256. */
export interface FileStore {
  put(content: Buffer): Promise<{ sha256: string; size: number }>;
  adopt(path: string, sha256: string): Promise<void>;
  path(sha256: string): string;
  exists(sha256: string): Promise<boolean>;
}
export const fileStore = service<FileStore>('fileStore');

/** An optional provider of a language model. Nothing in the product needs one. */
export interface LanguageModel {
  complete(prompt: { system: string; user: string; maxTokens: number }): Promise<string>;
}
export const languageModel = service<LanguageModel>('languageModel');
export { deskFrame, portalFrame, type PageFrame } from '../web/frame.js';
export {
  mailboxSetup,
  sampleMail,
  type MailboxGuess,
  type MailboxSettings,
  type MailboxSetup,
  type MailboxStep,
  type MailboxStepName,
  type MailServer,
  type SampleMail,
} from './mailbox-setup.js';
