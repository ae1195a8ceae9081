import { isAbsolute } from 'node:path';
import type { FrozenMail, MailAddress } from './frozen-mail.js';

const OWN_HEADERS =
  /^(from|sender|to|cc|bcc|reply-to|subject|date|message-id|in-reply-to|references|mime-version|content-.*|received|return-path|dkim-signature)$/i;

/**
 * Why this mail must not go out, or undefined. A line break or NUL in a header, a name or an address would let
 * its author write headers, or whole mails, of his own (RFC 5321 section 7.2; CWE-93).
 */
export function refuseMail(mail: FrozenMail): string | undefined {
  if (mail.recipients.length === 0) return 'no recipients';
  const broken = singleLines(mail).find(([, value]) => hasControls(value));
  if (broken !== undefined) return `line break or control character in ${broken[0]}`;
  const address = allAddresses(mail).find(([, value]) => !isAddress(value));
  if (address !== undefined) return `${address[0]} is not an e-mail address`;
  const id = messageIds(mail).find(([, value]) => !/^<[^<>\s]{1,990}>$/.test(value));
  if (id !== undefined) return `${id[0]} is not a message id`;
  const header = Object.keys(mail.headers).find(
    (name) => !/^[!-9;-~]{1,70}$/.test(name) || OWN_HEADERS.test(name),
  );
  if (header !== undefined) return `the header ${JSON.stringify(header)} may not be set`;
  if (!/^[\w-]{1,40}$/.test(mail.boundarySeed)) return 'the boundary seed is not a plain word';
  if (mail.attachments.some((file) => !isAbsolute(file.path))) return 'an attachment has no absolute path';
  if (Number.isNaN(mail.date.getTime())) return 'the date is not a date';
  return undefined;
}

/** An addr-spec as mail servers take it (RFC 5321 4.1.2, non-ASCII by RFC 6531), without comments and routes. */
export function isAddress(address: string): boolean {
  if (address.length > 320 || hasControls(address)) return false;
  return /^(?:[^\s<>()[\]\\,;:"@]+|"(?:[^"\\]|\\.)+")@(?:[^\s<>()[\]\\,;:"@]+|\[[\w.:]+\])$/u.test(address);
}

function singleLines(mail: FrozenMail): [string, string][] {
  return [
    ['the subject', mail.subject],
    ['the envelope sender', mail.envelopeFrom],
    ...mail.recipients.map((value): [string, string] => ['a recipient', value]),
    ...addressBook(mail).flatMap(([field, { name, address }]): [string, string][] => [
      [`a name in ${field}`, name],
      [field, address],
    ]),
    ...messageIds(mail),
    ...Object.entries(mail.headers).map(([name, value]): [string, string] => [
      `the header ${JSON.stringify(name)}`,
      value,
    ]),
    ...mail.attachments.flatMap(({ filename, contentType, cid }): [string, string][] => [
      ['the name of a file', filename],
      ['the type of a file', contentType],
      ['the content id of a file', cid ?? ''],
    ]),
  ];
}

function allAddresses(mail: FrozenMail): [string, string][] {
  return [
    ...(mail.envelopeFrom === '' ? [] : [['the envelope sender', mail.envelopeFrom] as [string, string]]),
    ...mail.recipients.map((value): [string, string] => ['a recipient', value]),
    ...addressBook(mail).map(([field, { address }]): [string, string] => [field, address]),
  ];
}

function addressBook(mail: FrozenMail): [string, MailAddress][] {
  return [
    ['From', mail.from],
    ...mail.to.map((entry): [string, MailAddress] => ['To', entry]),
    ...mail.cc.map((entry): [string, MailAddress] => ['Cc', entry]),
    ...(mail.replyTo === undefined ? [] : [['Reply-To', mail.replyTo] as [string, MailAddress]]),
  ];
}

function messageIds(mail: FrozenMail): [string, string][] {
  return [
    ['Message-ID', mail.messageId],
    ...(mail.inReplyTo === undefined ? [] : [['In-Reply-To', mail.inReplyTo] as [string, string]]),
    ...mail.references.map((value): [string, string] => ['References', value]),
  ];
}

function hasControls(value: string): boolean {
  return /[\p{Cc}\u2028\u2029]/u.test(value);
}
