import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { limits } from './limits.js';
import type { MailProblem, ParsedMail } from './parsed-mail.js';
import { readEnvelope } from './read-envelope.js';
import { allHeaders, readHeaders, type Header } from './read-headers.js';

/** What can be said about a mail from its header alone, read from the start of the raw file. */
export async function readProblemMail(rawPath: string, problem: MailProblem): Promise<ParsedMail> {
  const file = await open(rawPath, 'r');
  try {
    const head = Buffer.alloc(limits.headBytes);
    const { bytesRead } = await file.read(head, 0, head.length, 0);
    return describeProblem(head.subarray(0, bytesRead), problem);
  } finally {
    await file.close();
  }
}

function describeProblem(head: Buffer, problem: MailProblem): ParsedMail {
  const { headers, bodyStart } = readHeaders(head);
  const bounded = boundHeaders(headers);
  return {
    ...readEnvelope(bounded, null),
    text: '',
    html: '',
    sanitiserVersion: 0,
    remoteImages: 0,
    reply: '',
    quote: '',
    attachments: [],
    auto: null,
    list: false,
    bounce: null,
    truncated: true,
    problem,
    fingerprint: fingerprintMail(
      headers,
      createHash('sha256').update(head.subarray(bodyStart)).digest('hex'),
    ),
  };
}

/** The header may be what was too much for the parser: here it is read outside the worker. */
function boundHeaders(headers: readonly Header[]): Header[] {
  return headers.slice(0, 300).map(({ name, value }) => ({ name, value: value.slice(0, 4000) }));
}

/** Hex SHA-256 over what tells one mail from another, whatever way it came. */
export function fingerprintMail(headers: readonly Header[], bodyHash: string): string {
  const claims = ['message-id', 'date', 'from'].map((name) => allHeaders(headers, name).join('\n'));
  return createHash('sha256')
    .update(JSON.stringify([...claims, bodyHash]))
    .digest('hex');
}
