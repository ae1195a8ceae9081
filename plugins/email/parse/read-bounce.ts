import { cleanLine } from './clean-text.js';
import { decodeBytes } from './decode-bytes.js';
import { limits } from './limits.js';
import type { Bounce, BouncedRecipient } from './parsed-mail.js';
import { allHeaders, firstHeader, readHeaders, type Header } from './read-headers.js';
import { readIds } from './read-ids.js';
import { readTextBounce } from './read-text-bounce.js';
import type { Part } from './take-part.js';

export interface BounceSource {
  headers: readonly Header[];
  parts: readonly Part[];
  text: string;
}

/**
 * Who did not get which mail: from a delivery status notification (RFC 3464), from X-Failed-Recipients, or
 * from the wording of mail servers that write plain text. Ask only for mails classified as bounces.
 */
export function readBounce(source: BounceSource): Bounce {
  const reported = readReport(source.parts);
  return {
    recipients: (reported.length > 0 ? reported : readUnreported(source)).slice(0, limits.recipients),
    originalMessageId: findOriginalId(source),
  };
}

function readUnreported({ headers, text }: BounceSource): BouncedRecipient[] {
  const written = readTextBounce(text);
  const failed = allHeaders(headers, 'x-failed-recipients').flatMap((value) => value.split(/[\s,]+/));
  const named = failed.filter((address) => /^[^\s@<>]{1,64}@[^\s@<>]{1,255}$/.test(address));
  if (named.length === 0) return written;
  return named.map((address) => {
    const known = written.find((recipient) => recipient.address === address) ?? written[0];
    return { address, action: 'failed', status: known?.status ?? '', diagnostic: known?.diagnostic ?? '' };
  });
}

function readReport(parts: readonly Part[]): BouncedRecipient[] {
  const report = parts.find((part) => part.contentType === 'message/delivery-status');
  if (!report?.bytes) return [];
  const groups = decodeBytes(report.bytes, 'utf-8')
    .replace(/\r\n?/g, '\n')
    .split(/\n\s*\n/);
  return groups.flatMap((group) => readGroup(readHeaders(Buffer.from(group, 'utf8')).headers));
}

function readGroup(fields: readonly Header[]): BouncedRecipient[] {
  const address =
    readTyped(firstHeader(fields, 'original-recipient')) || readTyped(firstHeader(fields, 'final-recipient'));
  if (address === '') return [];
  const status = firstHeader(fields, 'status') ?? '';
  return [
    {
      address,
      action: cleanLine(firstHeader(fields, 'action') ?? 'failed', 20).toLowerCase(),
      status: /\d\.\d{1,3}\.\d{1,3}/.exec(status)?.[0] ?? '',
      diagnostic: cleanLine(
        decodeField(firstHeader(fields, 'diagnostic-code') ?? '').replace(/^\w+\s*;\s*/, ''),
        1000,
      ),
    },
  ];
}

/** "rfc822; user@example.com" to the address alone. */
function readTyped(value: string | undefined): string {
  const address = (value ?? '')
    .replace(/^[^;]*;/, '')
    .trim()
    .replace(/^<|>$/g, '');
  return address.includes('@') ? cleanLine(decodeField(address), limits.addressLength) : '';
}

function decodeField(value: string): string {
  return Buffer.from(value, 'latin1').toString('utf8');
}

function findOriginalId({ headers, parts, text }: BounceSource): string | null {
  for (const part of parts) {
    if (part.contentType !== 'message/rfc822' && part.contentType !== 'text/rfc822-headers') continue;
    const original = readHeaders((part.bytes ?? Buffer.alloc(0)).subarray(0, 256 * 1024)).headers;
    const id = readIds(allHeaders(original, 'message-id').slice(0, 1))[0];
    if (id) return id;
  }
  const quoted = /^[ \t>]{0,10}message-id:\s{0,10}(<[^<>\s]{1,500}>)/im.exec(
    text.slice(0, limits.replyLength),
  );
  return quoted?.[1] ?? readIds(allHeaders(headers, 'in-reply-to').slice(0, 1))[0] ?? null;
}
