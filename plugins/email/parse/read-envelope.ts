import { cleanLine } from './clean-text.js';
import { decodeWords } from './decode-words.js';
import { limits } from './limits.js';
import type { MailAddress, ParsedMail } from './parsed-mail.js';
import { readAddresses } from './read-addresses.js';
import { readDate } from './read-date.js';
import { allHeaders, firstHeader, type Header } from './read-headers.js';
import { readIds } from './read-ids.js';

export type Envelope = Pick<
  ParsedMail,
  | 'messageId'
  | 'inReplyTo'
  | 'references'
  | 'date'
  | 'subject'
  | 'from'
  | 'to'
  | 'cc'
  | 'replyTo'
  | 'originalSender'
  | 'suspicious'
  | 'headers'
>;

const PICKED = new Set([
  'authentication-results',
  'arc-authentication-results',
  'received-spf',
  'auto-submitted',
  'content-type',
  'delivered-to',
  'envelope-to',
  'errors-to',
  'feedback-id',
  'importance',
  'list-id',
  'list-post',
  'list-unsubscribe',
  'precedence',
  'return-path',
  'sender',
  'thread-topic',
  'x-auto-response-suppress',
  'x-autoreply',
  'x-autorespond',
  'x-envelope-to',
  'x-failed-recipients',
  'x-forwarded-for',
  'x-forwarded-to',
  'x-loop',
  'x-mailer',
  'x-original-from',
  'x-original-sender',
  'x-original-to',
  'x-priority',
  'x-spam-flag',
  'x-spam-status',
  'user-agent',
  'disposition-notification-to',
]);
const MAX_PICKED_VALUES = 50;
const MAX_PICKED_LENGTH = 2000;

/** What the header of a mail says. `charset` is the body's, for raw 8-bit bytes. */
export function readEnvelope(headers: readonly Header[], charset: string | null): Envelope {
  const read = (name: string) => readAddresses(allHeaders(headers, name), charset);
  const from = read('from');
  const [to, cc, replyTo] = [read('to'), read('cc'), read('reply-to')];
  return {
    messageId: readIds(allHeaders(headers, 'message-id').slice(0, 1))[0] ?? null,
    inReplyTo: readIds(allHeaders(headers, 'in-reply-to').slice(0, 1))[0] ?? null,
    references: readIds(allHeaders(headers, 'references')),
    date: readDate(firstHeader(headers, 'date')),
    subject: cleanLine(decodeWords(firstHeader(headers, 'subject') ?? '', charset), limits.subjectLength),
    from: from.addresses.find((entry) => entry.address !== '') ?? from.addresses[0] ?? null,
    to: to.addresses,
    cc: cc.addresses,
    replyTo: replyTo.addresses,
    originalSender: findOriginalSender(headers),
    suspicious: findSuspicious(
      headers,
      from.addresses,
      [from, to, cc, replyTo].some((list) => list.isForged),
    ),
    headers: pickHeaders(headers, charset),
  };
}

function findSuspicious(
  headers: readonly Header[],
  from: readonly MailAddress[],
  isForged: boolean,
): string[] {
  const found: string[] = [];
  const mailboxes = from.filter((entry) => entry.address !== '');
  if (allHeaders(headers, 'from').length > 1 || mailboxes.length > 1) found.push('several-from');
  if (mailboxes.length === 0) found.push('no-from');
  if (isForged) found.push('encoded-address');
  if (mailboxes.some(namesAnotherAddress)) found.push('display-name-address');
  if (allHeaders(headers, 'message-id').length > 1) found.push('several-message-id');
  return found;
}

/** "ceo@bank.com" <someone@else.org>: the reader sees an address that is not the sender's. */
function namesAnotherAddress({ name, address }: MailAddress): boolean {
  const shown = /[^\s<>"'@,;:()]{1,64}@[^\s<>"'@,;:()]{1,255}/.exec(name)?.[0];
  return shown !== undefined && shown.toLowerCase() !== address.toLowerCase();
}

/** Groups and forwarders that rewrite From leave the author here. */
function findOriginalSender(headers: readonly Header[]): string | null {
  for (const name of ['x-original-sender', 'x-original-from', 'x-original-author']) {
    const [entry] = readAddresses(allHeaders(headers, name).slice(0, 1)).addresses;
    if (entry?.address.includes('@')) return entry.address;
  }
  return null;
}

function pickHeaders(headers: readonly Header[], charset: string | null): Record<string, string[]> {
  const picked: Record<string, string[]> = {};
  for (const { name, value } of headers) {
    if (!PICKED.has(name) && !/^x-helpdesk-[a-z-]{1,40}$/.test(name)) continue;
    const values = (picked[name] ??= []);
    if (values.length < MAX_PICKED_VALUES)
      values.push(cleanLine(decodeWords(value.slice(0, 8000), charset), MAX_PICKED_LENGTH));
  }
  return picked;
}
