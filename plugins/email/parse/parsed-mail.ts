export interface MailAddress {
  name: string;
  /** Empty where the header names a person without a usable address. */
  address: string;
}

export interface MailAttachment {
  /** Safe to use as a file name; made from the type where the mail gives none. */
  filename: string;
  contentType: string;
  /** Bytes after decoding. */
  size: number;
  /** Hex digest of the content, and the name of its file in the attachment folder. */
  sha256: string;
  /** Without angle brackets; what `data-cid` in the HTML refers to. */
  contentId: string | null;
  /** Shown inside the HTML rather than listed under it. */
  inline: boolean;
}

export interface BouncedRecipient {
  address: string;
  /** 'failed', 'delayed', 'delivered', 'relayed' or 'expanded' (RFC 3464). */
  action: string;
  /** Enhanced status code such as '5.1.1' (RFC 3463), or '' when none was given. */
  status: string;
  diagnostic: string;
}

export interface Bounce {
  recipients: BouncedRecipient[];
  originalMessageId: string | null;
}

/** Why a mail could not be read fully. */
export type MailProblem = 'unreadable' | 'too-big' | 'too-slow';

/** One mail as plain JSON. Every string is storable: no NUL, no lone surrogate, NFC, bounded. */
export interface ParsedMail {
  /** With angle brackets, as are inReplyTo and references. */
  messageId: string | null;
  inReplyTo: string | null;
  references: string[];
  /** ISO 8601 in UTC as the sender claims it, or null when the header has none that can be read. */
  date: string | null;
  subject: string;
  from: MailAddress | null;
  to: MailAddress[];
  cc: MailAddress[];
  replyTo: MailAddress[];
  text: string;
  /** Sanitised; '' when the mail has no HTML. Images of the mail itself carry `data-cid`. */
  html: string;
  /** The rules the HTML was sanitised by. */
  sanitiserVersion: number;
  /** How many images the HTML would load from elsewhere. */
  remoteImages: number;
  /** What the sender wrote now: the text without quote and signature. */
  reply: string;
  /** The rest of the text, for folding away. */
  quote: string;
  attachments: MailAttachment[];
  /** 'bounce' and 'auto' mails must never be answered automatically. */
  auto: 'bounce' | 'auto' | null;
  list: boolean;
  bounce: Bounce | null;
  /** The author before a group or a forwarding service put itself into From. */
  originalSender: string | null;
  /** 'several-from', 'no-from', 'encoded-address', 'display-name-address', 'several-message-id'. */
  suspicious: string[];
  /** A few headers, decoded, by lower-case name and in order of appearance. */
  headers: Record<string, string[]>;
  /** Something was left out because of a limit. */
  truncated: boolean;
  problem: MailProblem | null;
  /** Hex SHA-256 over Message-ID, Date, From and body: equal for the same mail fetched twice. */
  fingerprint: string;
}
