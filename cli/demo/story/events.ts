/** The languages that the history can be told in. */
export type Language = 'ru' | 'en';

export interface StoryOptions {
  /** How many tickets the year has, spam included: 1 to 10 million. */
  readonly tickets: number;
  readonly seed: number;
  readonly language: Language;
  /** "Today" of the history: nothing happens later, everything within 365 days before. */
  readonly end: Date;
  /** IANA name of the company's time zone. */
  readonly timeZone: string;
}

export interface StoryAttachment {
  readonly filename: string;
  readonly contentType: string;
  /** Bytes. */
  readonly size: number;
  /** For whoever makes the bytes: the same seed, the same file. */
  readonly seed: number;
}

export interface StoryMembership {
  readonly organization: string;
  readonly role: 'employee' | 'director' | 'accountant' | 'engineer';
  readonly from: Date;
  readonly to?: Date;
}

type Texts = Readonly<Record<Language, string>>;
export type TicketType =
  | 'consultation'
  | 'problem'
  | 'complaint'
  | 'order'
  | 'warranty'
  | 'post-warranty'
  | 'document-request';
export type AgentRole = 'admin' | 'supervisor' | 'agent';

export interface CompanyEvent {
  readonly kind: 'company';
  readonly at: Date;
  readonly name: string;
  readonly domain: string;
  readonly timeZone: string;
  readonly language: Language;
}
export interface TeamEvent {
  readonly kind: 'team';
  readonly at: Date;
  readonly key: string;
  readonly names: Texts;
}
/** A line is an address that customers write to. */
export interface LineEvent {
  readonly kind: 'line';
  readonly at: Date;
  readonly key: string;
  readonly names: Texts;
  readonly address: string;
  readonly team: string;
}
export interface AgentEvent {
  readonly kind: 'agent';
  readonly at: Date;
  readonly key: string;
  readonly name: string;
  readonly email: string;
  readonly role: AgentRole;
  readonly teams: readonly string[];
  readonly joinedAt: Date;
}
export interface AgentLeftEvent {
  readonly kind: 'agent-left';
  readonly at: Date;
  readonly key: string;
}
export interface OrganizationEvent {
  readonly kind: 'organization';
  readonly at: Date;
  readonly key: string;
  readonly name: string;
  readonly domain: string;
  /** Tax number, Russian only: a right check digit, but region 00, so that nobody has it. */
  readonly inn?: string;
}
export interface ContactEvent {
  readonly kind: 'contact';
  readonly at: Date;
  readonly key: string;
  readonly name: string;
  readonly emails: readonly string[];
  readonly phones: readonly string[];
  readonly memberships: readonly StoryMembership[];
  readonly language: Language;
}

interface OfTicket {
  readonly at: Date;
  readonly ticket: string;
}
export interface IncomingEvent extends OfTicket {
  readonly kind: 'incoming';
  readonly contact: string;
  /** The address that it was sent from; a bounce comes from nobody's. */
  readonly from: string;
  readonly line: string;
  readonly subject: string;
  readonly text: string;
  readonly html?: string;
  readonly attachments?: readonly StoryAttachment[];
  readonly cc?: readonly string[];
  readonly messageKey: string;
  readonly inReplyTo?: string;
  readonly auto?: 'auto-reply' | 'bounce' | 'spam';
}
export interface ReplyEvent extends OfTicket {
  readonly kind: 'reply';
  readonly agent: string;
  readonly text: string;
  readonly messageKey: string;
  readonly inReplyTo: string;
  readonly attachments?: readonly StoryAttachment[];
  readonly then: 'wait' | 'solve' | 'none';
}
export interface NoteEvent extends OfTicket {
  readonly kind: 'note';
  readonly agent: string;
  readonly text: string;
  /** Agents' keys. */
  readonly mentions: readonly string[];
}
export interface AssignEvent extends OfTicket {
  readonly kind: 'assign';
  readonly agent: string | null;
  readonly by: string;
}
export interface TransferEvent extends OfTicket {
  readonly kind: 'transfer';
  readonly team: string;
  readonly by: string;
}
export interface PriorityEvent extends OfTicket {
  readonly kind: 'priority';
  readonly priority: 'low' | 'normal' | 'high' | 'urgent';
  readonly by: string;
}
export interface TagEvent extends OfTicket {
  readonly kind: 'tag';
  readonly tag: string;
  readonly by: string;
}
export interface TypeEvent extends OfTicket {
  readonly kind: 'type';
  readonly type: TicketType;
  readonly by: string;
}
export interface SnoozeEvent extends OfTicket {
  readonly kind: 'snooze';
  /** May lie after the end of the history. */
  readonly until: Date;
  readonly by: string;
}
/** Solved without a reply, reopened by an agent, or put away as spam. */
export interface StateEvent extends OfTicket {
  readonly kind: 'solve' | 'reopen' | 'spam';
  readonly by: string;
}

export type TicketEvent =
  | IncomingEvent
  | ReplyEvent
  | NoteEvent
  | AssignEvent
  | TransferEvent
  | PriorityEvent
  | TagEvent
  | TypeEvent
  | SnoozeEvent
  | StateEvent;

export type StoryEvent =
  | CompanyEvent
  | TeamEvent
  | LineEvent
  | AgentEvent
  | AgentLeftEvent
  | OrganizationEvent
  | ContactEvent
  | TicketEvent;
