import { z } from 'zod';
import type { ChannelAccount } from '@helpdesk/core';

const server = z.object({
  host: z.string().min(1).max(255),
  port: z.number().int().min(1).max(65535),
  secure: z.enum(['tls', 'starttls', 'none']),
  /** Certificates are checked unless this says false. */
  verifyCertificate: z.boolean().default(true),
});
export type MailServerConfig = z.infer<typeof server>;

/** A template in each language; one text stands for both. */
const inBoth = (text: string) =>
  z
    .preprocess(
      (given) => (typeof given === 'string' ? { ru: given, en: given } : given),
      z.object({ ru: z.string(), en: z.string() }),
    )
    .default({ ru: text, en: text });

/** What the account row of a mailbox holds; its password lies sealed beside it. */
export const MailboxConfig = z.object({
  user: z.string().default(''),
  imap: server.nullable().default(null),
  smtp: server.nullable().default(null),
  folder: z.string().default('INBOX'),
  /** Mails that the server received before this are left alone, ISO text. */
  takeSince: z.string().nullable().default(null),
  after: z.enum(['flag-seen', 'move']).default('flag-seen'),
  moveTo: z.string().default(''),
  /** The name in From; placeholders as in the signature. */
  fromName: z.string().default('{{agent.name}}, {{company.name}}'),
  /** Above the answer, in the customer's language; placeholders as PLACEHOLDERS lists them. */
  greeting: inBoth(''),
  /** Below the answer, likewise. */
  signature: inBoth('{{agent.signature}}'),
  /** What an answer carries below itself: the letter that it answers, or nothing. */
  quote: z.enum(['none', 'last']).default('last'),
  /** `[#1234]` behind the subject. */
  numberInSubject: z.boolean().default(true),
  /** Replies go to address+token@; only for servers that deliver such addresses. */
  plusAddress: z.boolean().default(false),
});
export type MailboxConfig = z.infer<typeof MailboxConfig>;

/** A mailbox's settings; whatever is missing or broken in the row is the default. */
export function readMailboxConfig(account: Pick<ChannelAccount, 'config'>): MailboxConfig {
  const read = MailboxConfig.safeParse(account.config);
  return read.success ? read.data : MailboxConfig.parse({});
}
