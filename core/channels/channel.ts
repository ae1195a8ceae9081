import type { SettingFields } from '../config/setting-fields.js';
import type { App } from '../database/app.js';
import type { AttachmentRecord } from '../tickets/models/attachment.js';
import type { MessageRecord } from '../tickets/models/message.js';
import type { Participant } from '../tickets/models/participant.js';
import type { IncomingMessage } from './incoming-message.js';

/** An entrance of one channel: a mailbox, a bot, a number. Belongs to a line. */
export interface ChannelAccount {
  readonly id: number;
  readonly channel: string;
  readonly lineId: number;
  readonly name: string;
  /** What customers write to. */
  readonly address: string;
  readonly config: Readonly<Record<string, unknown>>;
  readonly enabled: boolean;
  readonly version: number;
}

/** A raw message as it came, kept under its SHA-256. */
export interface RawMessage {
  readonly path: string;
  readonly sha256: string;
  /** In bytes. */
  readonly size: number;
  readonly receivedAt: string;
  readonly meta: Readonly<Record<string, unknown>>;
}

export interface OutgoingMessage {
  readonly messageId: number;
  readonly ticketId: number;
  readonly ticketNumber: number;
  readonly account: ChannelAccount;
  readonly subject: string;
  /** Markdown. */
  readonly text: string;
  readonly to: readonly Participant[];
  readonly cc: readonly Participant[];
  /** Those who are due in this try. */
  readonly recipients: readonly string[];
  readonly attachments: readonly (AttachmentRecord & { path: string })[];
  /** Fixed before the first try; equal in every try. */
  readonly externalId: string | null;
  /** What the customer may press instead of writing; never more than the channel carries. */
  readonly buttons: readonly string[];
  /** Sent instead of words of one's own, where the channel asks for that. */
  readonly template: ChosenTemplate | null;
  readonly frozen: Readonly<Record<string, unknown>>;
}

/** What became of one recipient. `uncertain`: the data went out and no answer came. */
export type DeliveryResult =
  | {
      recipient: string;
      state: 'sent';
      note?: string;
      /** The provider's id of it, by which receipts come back and customers answer it. */
      externalId?: string;
    }
  | {
      recipient: string;
      state: 'retry';
      reason: string;
      code?: number;
      /** When the provider says to come again, in ms from now; else the channel's own delays count. */
      afterMs?: number;
    }
  | {
      recipient: string;
      state: 'failed';
      reason: string;
      code?: number;
      /** They cannot be reached there any more: blocked us, or gone. The address is marked. */
      isGone?: boolean;
    }
  | { recipient: string; state: 'uncertain'; reason: string; code?: number };

/** A text that the provider has approved, for customers who have not written for long. */
export interface ChannelTemplate {
  readonly key: string;
  readonly title: string;
  readonly language: string;
  /** With {1}, {2}… where values go. */
  readonly text: string;
  /** How many values it takes. */
  readonly values: number;
}

/** A template and what stands in its places. */
export interface ChosenTemplate {
  readonly key: string;
  readonly language: string;
  readonly values: readonly string[];
}

/** What the provider said to the values of a new account. */
export type AccountCheck =
  | {
      readonly ok: true;
      /** How it calls itself there: the bot's name. */
      readonly name: string;
      /** What customers write to: `@warm_house_bot`, a number. */
      readonly address: string;
      /** What the channel keeps beside the given values. */
      readonly config?: Readonly<Record<string, unknown>>;
    }
  | {
      readonly ok: false;
      /** The field that it is about. */
      readonly field?: string;
      /** A text key. */
      readonly because: string;
      readonly values?: Readonly<Record<string, string | number>>;
    };

/** How an administrator connects an account of a channel: a form, and a question to the provider. */
export interface ChannelSetup {
  /** A text key: where to get what is asked. */
  readonly intro: string;
  /** Secret fields go to the account's secrets, the others into its config. */
  readonly fields: SettingFields;
  /** Asks the provider; stores nothing. `accountId`: of the account that is changed. */
  check(values: Readonly<Record<string, unknown>>, about: { accountId?: number }): Promise<AccountCheck>;
  /** What to do by hand after it was added, such as an address to paste at the provider's: text key and values. */
  after?(account: ChannelAccount): {
    readonly text: string;
    readonly values: Readonly<Record<string, string>>;
  };
}

/** What an answer answers. */
export type AnsweredLetter = Pick<MessageRecord, 'createdAt' | 'text' | 'quote' | 'html' | 'participants'>;

export interface FreezeMessage {
  readonly account: ChannelAccount;
  readonly ticket: { readonly id: number; readonly number: number; readonly subject: string };
  readonly messageId: number;
  /** ISO text. */
  readonly at: string;
  /** Who writes; null for what no person wrote. */
  readonly agent: { readonly id: number; readonly name: string; readonly signature: string } | null;
  /** Ids of what the ticket holds so far, oldest first, for the channel's own threading. */
  readonly previous: readonly string[];
  readonly to: readonly Participant[];
  readonly cc: readonly Participant[];
  /** Whose ticket it is; null where nobody is known. */
  readonly customer: { readonly name: string; readonly language: string | null } | null;
  /** What the customer wrote last by this channel, as far as the agent had read; never a note, never a machine's. */
  readonly answered: AnsweredLetter | null;
  readonly template: ChosenTemplate | null;
}

/** The provider must be asked for a part of a message (its file) and does not answer: the journal tries again. */
export class ParseLater extends Error {
  constructor(because: string) {
    super(because);
    this.name = 'ParseLater';
  }
}

/** What a channel can carry. The editor obeys it, and `answerTicket` refuses what is over it. */
export interface ChannelLimits {
  /** How long an answer can be taken back, in ms, unless the setting says otherwise; 0: never. */
  readonly undoMs: number;
  /** Of all files of one message together. */
  readonly maxAttachmentBytes: number;
  readonly canCc: boolean;
  /** Characters of one message; none: as many as the desk takes. */
  readonly maxCharacters?: number;
  /** Files of one message; 0: it carries none. */
  readonly maxAttachments?: number;
  /** How long after the customer's last message words of one's own may be sent, in ms. */
  readonly replyWindowMs?: number;
  /** Buttons under one message; none: it has no buttons. */
  readonly maxButtons?: number;
}

/** A way for messages to come and go. A plugin adds one with `channel()`. */
export interface Channel {
  readonly id: string;
  /** A text key. */
  readonly title: string;
  readonly icon: string;
  /** The kind of identity by which its writers are known: `email`, `telegram`… */
  readonly identityKind: string;
  /** An address in a reader's words, where it is only a number that says nothing to people. */
  nameAddress?(value: string, language: 'ru' | 'en'): string;
  readonly limits: ChannelLimits;
  /**
   * It has no threads of its own: a message continues the ticket in which its writer last wrote by this account, unless
   * that is closed. Without it only proof joins (tokens, answers to a known message).
   */
  readonly isConversation?: boolean;
  /** Only a name for what comes in: it has no accounts, nobody is answered by it, and nobody can prefer it. */
  readonly sendsNothing?: boolean;
  /** Its accounts note a heartbeat at least every five minutes while all is well: silence is a trouble. */
  readonly beats?: boolean;
  /** Without it accounts are not added on the page of channels. */
  readonly setup?: ChannelSetup;
  /**
   * Understands a raw message. Must not throw for bad content: that is `problem`.
   * @throws ParseLater when the provider must be asked for a part of it and does not answer
   */
  parse(raw: RawMessage, account: ChannelAccount, about: { isLastTry: boolean }): Promise<IncomingMessage>;
  /** Fixes what must not change between two tries. */
  freeze(message: FreezeMessage): Readonly<Record<string, unknown>> & { externalId: string | null };
  /** Sends; `aboutToSend` must be awaited right before the data goes out. Answers for every recipient. */
  send(message: OutgoingMessage, step: { aboutToSend(): Promise<void> }): Promise<readonly DeliveryResult[]>;
  /** What may be sent when the reply window is closed. */
  templates?(account: ChannelAccount): Promise<readonly ChannelTemplate[]>;
  /** When to try again after a passing failure, in ms from now; undefined gives up. */
  retryDelay?(attempt: number): number | undefined;
}

/** An app with the channels of the composition that runs now. */
export interface ChannelApp extends App {
  readonly channels: ReadonlyMap<string, Channel>;
  /** Phones without a country code are of its country. */
  readonly company?: { readonly country: string };
  /** Settings that channels obey. */
  readonly policy: {
    reopenDays(): number;
    closeAfterDays(): number;
    undoMs(channel: Channel): number;
  };
}
