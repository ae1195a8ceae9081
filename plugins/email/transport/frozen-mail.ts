/** A name may be empty; the address is a bare addr-spec (`anna@example.com`). */
export interface MailAddress {
  name: string;
  address: string;
}

export interface MailFile {
  filename: string;
  /** E.g. `image/png`. */
  contentType: string;
  /** Absolute; the file must not change between two tries. */
  path: string;
  /** Without angle brackets; the HTML refers to it as `cid:…` and it is sent inline. */
  cid?: string;
}

/** A mail with everything fixed before its first try, so that every try sends the same bytes. */
export interface FrozenMail {
  /** Envelope sender; empty for automatic mail (RFC 3834), to which no bounce may come. */
  envelopeFrom: string;
  /** Who gets it: the envelope. `to` and `cc` are only what the mail says. */
  recipients: string[];
  /** With angle brackets. */
  messageId: string;
  date: Date;
  from: MailAddress;
  to: MailAddress[];
  cc: MailAddress[];
  replyTo?: MailAddress;
  /** With angle brackets, as those of `references`. */
  inReplyTo?: string;
  references: string[];
  subject: string;
  text: string;
  html?: string;
  /** Letters, digits, `-` and `_`; multipart boundaries are made from it. */
  boundarySeed: string;
  attachments: MailFile[];
  /** More headers, e.g. `Auto-Submitted`; those with a field of their own above are refused. */
  headers: Record<string, string>;
}
