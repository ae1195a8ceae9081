import type { NewAttachment } from '../tickets/insert-message.js';
import type { Participants } from '../tickets/models/message.js';
import type { Priority } from '../tickets/models/ticket.js';

/** `at` is ISO text. Keys are the importer's own words for what it names: never stored, unique within one import. */
interface Dated {
  readonly at: string;
}
interface OfTicket extends Dated {
  readonly ticket: string;
}
interface ByAgent extends OfTicket {
  /** Id of the agent who did it. */
  readonly by: number;
}

export interface OrganizationFounded extends Dated {
  readonly kind: 'organization';
  readonly key: string;
  readonly name: string;
  readonly domain: string | null;
}
/** Somebody whose identity is known already is that contact, and is not added. */
export interface ContactMet extends Dated {
  readonly kind: 'contact';
  readonly key: string;
  readonly name: string;
  readonly language: string | null;
  readonly identities: readonly { readonly kind: string; readonly value: string }[];
  readonly memberships: readonly {
    /** Key of an organization; null: the private person. */
    readonly organization: string | null;
    readonly role: string;
    readonly from: string;
    readonly to?: string;
  }[];
}
/** The first one of a ticket's key opens the ticket. */
export interface MessageCame extends OfTicket {
  readonly kind: 'received';
  readonly contact: string;
  readonly account: { readonly id: number; readonly channel: string; readonly lineId: number };
  readonly subject: string | null;
  readonly text: string;
  readonly html: string | null;
  readonly htmlVersion: number | null;
  readonly participants: Participants;
  readonly externalId: string | null;
  readonly fingerprint: string;
  readonly auto: 'auto' | 'bounce' | 'list' | null;
  /** Contents are in the file store already. */
  readonly attachments: readonly NewAttachment[];
}
/** Was sent long ago: it has no delivery, and cannot be taken back. */
export interface AgentReplied extends ByAgent {
  readonly kind: 'replied';
  readonly account: { readonly id: number; readonly channel: string };
  readonly text: string;
  readonly participants: Participants;
  readonly externalId: string | null;
  readonly attachments: readonly NewAttachment[];
  readonly next: 'wait' | 'solve' | 'stay';
}
export interface AgentNoted extends ByAgent {
  readonly kind: 'noted';
  readonly text: string;
  readonly mentioned: readonly number[];
  /** Whether those who were named have looked. */
  readonly isSeen: boolean;
}
export type FieldSet =
  | (ByAgent & { readonly kind: 'assigned'; readonly to: number | null })
  | (ByAgent & { readonly kind: 'transferred'; readonly to: number | null })
  | (ByAgent & { readonly kind: 'prioritised'; readonly to: Priority })
  | (ByAgent & { readonly kind: 'typed'; readonly to: string | null });
export interface TagPut extends ByAgent {
  readonly kind: 'tagged';
  readonly tag: string;
}
export interface TicketSnoozed extends ByAgent {
  readonly kind: 'snoozed';
  readonly until: string;
}
export interface StatusMoved extends ByAgent {
  readonly kind: 'solved' | 'reopened';
}
/** What the desk does by the clock. */
export interface DeskActed extends OfTicket {
  readonly kind: 'woken' | 'closed';
}

/** One thing that happened, in words of the desk. */
export type HistoryEvent =
  | OrganizationFounded
  | ContactMet
  | MessageCame
  | AgentReplied
  | AgentNoted
  | FieldSet
  | TagPut
  | TicketSnoozed
  | StatusMoved
  | DeskActed;
