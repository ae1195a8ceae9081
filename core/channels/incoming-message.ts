import type { Participant } from '../tickets/models/participant.js';

export type { Participant } from '../tickets/models/participant.js';

export interface IncomingAttachment {
  readonly sha256: string;
  readonly filename: string;
  readonly contentType: string;
  readonly size: number;
  readonly contentId: string | null;
  readonly inline: boolean;
}

/** What a channel understood of a raw message. Plain data, already cleaned: no NULs, bounded lengths, sanitised HTML. */
export interface IncomingMessage {
  /** The channel's own id of it (mail: Message-ID). Chosen by the sender, so proof of nothing. */
  readonly externalId: string | null;
  readonly inReplyTo: string | null;
  readonly references: readonly string[];
  /** When the sender says it was written, ISO text. */
  readonly writtenAt: string | null;
  readonly from: Participant | null;
  readonly to: readonly Participant[];
  readonly cc: readonly Participant[];
  readonly subject: string | null;
  /** What is new: without the quoted history and the signature. */
  readonly text: string;
  readonly quote: string;
  readonly html: string | null;
  readonly htmlVersion: number | null;
  readonly attachments: readonly IncomingAttachment[];
  /** Equal for the same message seen twice, different for another one under the same id. */
  readonly fingerprint: string;
  readonly auto: 'auto' | 'bounce' | 'list' | null;
  /** Of a bounce: which addresses failed and which message of ours it is about. */
  readonly bounce: {
    readonly recipients: readonly { address: string; permanent: boolean; reason: string }[];
    readonly originalExternalId: string | null;
  } | null;
  /** Keys of what makes it suspect or incomplete; shown to the agent. */
  readonly flags: readonly string[];
  /** Not null: it could not be read fully, and the journal keeps it parked for people to look at. */
  readonly problem: string | null;
  readonly language: string | null;
  /**
   * It says nothing new: its writer has changed or taken back an earlier message of theirs, or has reacted to a message
   * of either side. The text is then the reaction, or empty when that was taken back.
   */
  readonly change?: { readonly of: string; readonly kind: 'edited' | 'deleted' | 'reacted' } | null;
}
