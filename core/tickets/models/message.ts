import { Row } from '../../database/record.js';
import type { Participant } from './participant.js';

export type MessageKind = 'incoming' | 'outgoing' | 'note';

/** Who a message was from and for, as it was shown. */
export interface Participants {
  readonly from?: Participant | null;
  readonly to?: readonly Participant[];
  readonly cc?: readonly Participant[];
}

export interface MessageRecord {
  readonly id: number;
  readonly ticketId: number;
  readonly kind: MessageKind;
  readonly contactId: number | null;
  readonly agentId: number | null;
  readonly channel: string;
  readonly accountId: number | null;
  readonly createdAt: string;
  readonly writtenAt: string | null;
  readonly subject: string | null;
  /** What is new, as plain text; agents' messages are Markdown. */
  readonly text: string;
  readonly quote: string;
  /** Sanitised, with the version of the sanitiser in `htmlVersion`. */
  readonly html: string | null;
  readonly htmlVersion: number | null;
  readonly participants: Participants;
  readonly externalId: string | null;
  readonly fingerprint: string | null;
  readonly intakeId: number | null;
  readonly auto: string | null;
  readonly flags: readonly string[];
  readonly cancelledAt: string | null;
  readonly frozen: Readonly<Record<string, unknown>> | null;
}

export interface Message extends MessageRecord {}
export class Message extends Row {
  declare id: number;
  static override tableName = 'messages';
  static override get jsonAttributes(): string[] {
    return ['participants', 'flags', 'frozen'];
  }
}
