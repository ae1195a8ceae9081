import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { App, Company, FreezeMessage } from '@helpdesk/core';
import { fillPlaceholders, type Placeholder } from './fill-placeholders.js';
import { letterLanguage } from './letter-language.js';
import { readMailboxConfig, type MailboxConfig } from './mailbox-config.js';
import { oneLine } from './one-line.js';
import { quoteLetter, type Quote, type QuoteIn } from './quote-letter.js';
import { makeThreadToken } from './thread-token.js';
import { tookPart } from './took-part.js';

/** What is fixed when the agent presses the button, so that every try sends the same bytes. */
export const Frozen = z.object({
  date: z.string(),
  boundarySeed: z.string(),
  from: z.object({ name: z.string(), address: z.string() }),
  replyTo: z.string().nullable(),
  inReplyTo: z.string().nullable(),
  references: z.array(z.string()),
  subject: z.string(),
  // Letters that were queued by earlier versions have neither greeting nor quote.
  greeting: z.string().default(''),
  signature: z.string(),
  quote: z.object({ text: z.string(), html: z.string() }).nullable().default(null),
  /** Nobody of the team wrote it: other machines must not answer (RFC 3834). */
  isAutomatic: z.boolean().default(false),
});
export type Frozen = z.infer<typeof Frozen>;

export type FreezeApp = Pick<App, 'keys'> & {
  company: Pick<Company, 'name' | 'language' | 'timeZone'>;
  t: QuoteIn['t'];
};

export function freezeMail(app: FreezeApp, message: FreezeMessage): Frozen & { externalId: string } {
  const { account, ticket, messageId, at, previous } = message;
  const config = readMailboxConfig(account);
  const token = makeThreadToken(app.keys, { ticketId: ticket.id, messageId });
  const [local = '', domain = 'localhost'] = account.address.split('@');
  const language = letterLanguage(message, app.company.language);
  const isAutomatic = message.agent === null;
  const values = valuesOf(app, message);
  return {
    externalId: `<${token}@${domain}>`,
    date: at,
    boundarySeed: randomBytes(12).toString('hex'),
    from: { name: oneLine(fillPlaceholders(config.fromName, values)), address: account.address },
    replyTo: config.plusAddress ? `${local}+${token}@${domain}` : null,
    inReplyTo: previous.at(-1) ?? null,
    references: [...previous],
    subject: subjectOf(
      { ...ticket, subject: isAutomatic ? harmless(ticket.subject) : ticket.subject },
      config.numberInSubject,
    ),
    greeting: fillPlaceholders(config.greeting[language], values).trim(),
    signature: fillPlaceholders(config.signature[language], values).trim(),
    // Whoever forges a sender decides who gets what a machine answers: his letter is not sent on.
    quote: isAutomatic ? null : quoteOf(app, message, { config, language }),
    isAutomatic,
  };
}

/** Somebody who gets this answer and did not have the letter must not get it by the way: then nothing is quoted. */
function quoteOf(
  { company, t }: FreezeApp,
  { answered, to, cc }: FreezeMessage,
  { config, language }: { config: MailboxConfig; language: 'ru' | 'en' },
): Quote | null {
  if (config.quote === 'none' || answered === null) return null;
  if (!tookPart([...to, ...cc], answered.participants)) return null;
  return quoteLetter(answered, { language, timeZone: company.timeZone, t });
}

function valuesOf(
  { company }: FreezeApp,
  { account, ticket, agent, customer }: FreezeMessage,
): Record<Placeholder, string> {
  return {
    'customer.name': nameOf(customer?.name ?? ''),
    'agent.name': agent?.name ?? '',
    'agent.signature': agent?.signature ?? '',
    'company.name': company.name,
    'ticket.number': String(ticket.number),
    'mailbox.name': account.name,
  };
}

/** Customers call themselves what they like; an address or a link is no name and is not printed in our letters. */
function nameOf(name: string): string {
  const line = oneLine(name);
  return line.length > 100 || /[@/\\<>]|\bwww\./i.test(line) ? '' : line;
}

/** The number finds the ticket as well; a subject that could be a link goes nowhere by a machine of ours. */
const harmless = (subject: string): string => (/[@/\\<>]|\bwww\.|\.\p{L}{2,}/iu.test(subject) ? '' : subject);

function subjectOf({ subject, number }: { subject: string; number: number }, withNumber: boolean): string {
  const bare = oneLine(subject).replace(/^((re|aw|fwd?|ответ|отв)\s*(\[\d+\])?\s*:\s*)+/i, '');
  const mark = `[#${number}]`;
  const all = ['Re:', bare, withNumber && !bare.includes(mark) ? mark : ''];
  return all.filter(Boolean).join(' ').slice(0, 900);
}
