import type { Readable } from 'node:stream';
import { assembleBody, type Body } from './assemble-body.js';
import { classifyMail } from './classify.js';
import { cleanText, cutText } from './clean-text.js';
import { cutReply } from './cut-reply.js';
import { decodeBytes } from './decode-bytes.js';
import { limits } from './limits.js';
import { listAttachments } from './list-attachments.js';
import { loadSanitiser } from './load-sanitiser.js';
import type { MailProblem, ParsedMail } from './parsed-mail.js';
import { fingerprintMail } from './problem-mail.js';
import { readBounce } from './read-bounce.js';
import { readEnvelope } from './read-envelope.js';
import { firstHeader, readHeaders, type Header } from './read-headers.js';
import { readParams } from './read-params.js';
import { splitParts, type Leaf } from './split-parts.js';
import { takePart, type Part } from './take-part.js';
import { tapRaw, type RawTap } from './tap-raw.js';

export interface ParseOptions {
  /** Where the contents of attachments go, each under its SHA-256. Made when it is missing. */
  attachmentDir: string;
  /** Mails over this size are not read beyond their header. 25 MB if left out. */
  maxBytes?: number;
}

/**
 * Reads a raw mail (RFC 5322, MIME). A mail that cannot be read fully comes back with `problem` set and what its
 * header says; it rejects only when the raw mail cannot be read or an attachment cannot be written.
 */
export async function parseMail(raw: Readable | Buffer, options: ParseOptions): Promise<ParsedMail> {
  const tap = tapRaw(raw, options.maxBytes ?? limits.mailBytes);
  const parts: Part[] = [];
  let isCut = false;
  const take = async (leaf: Leaf): Promise<void> => {
    if (leaf.around.length > limits.depth || parts.length >= limits.parts) {
      isCut = true;
      for await (const _ of leaf.content);
      return;
    }
    const ordinal = parts.filter((part) => part.file !== null).length + 1;
    parts.push(await takePart(leaf, options.attachmentDir, ordinal));
  };
  const { structureError, takeError, sourceError } = await splitParts(tap.chunks, take);
  if (sourceError ?? takeError) throw sourceError ?? takeError;
  if (tap.isTooBig()) return describe(tap, [], options, { problem: 'too-big', isCut: true });
  const problem = structureError ? 'unreadable' : null;
  return describe(tap, parts, options, { problem, isCut: isCut || problem !== null });
}

interface Outcome {
  problem: MailProblem | null;
  isCut: boolean;
}

async function describe(
  tap: RawTap,
  parts: Part[],
  options: ParseOptions,
  outcome: Outcome,
): Promise<ParsedMail> {
  const { headers, bodyStart } = readHeaders(tap.head());
  const envelope = readEnvelope(headers, charsetOf(headers, parts));
  const sanitiser = await loadSanitiser();
  const found = assembleBody(parts, sanitiser);
  const isTooBig = outcome.problem === 'too-big';
  const body = isTooBig ? found : rescueText(found, parts, headers, tap.head().subarray(bodyStart));
  const text = cutText(body.text, limits.textBytes);
  const kind = classifyMail({
    headers,
    subject: envelope.subject,
    fromAddress: envelope.from?.address ?? '',
    contentTypes: parts.map((part) => part.contentType),
    text,
  });
  return {
    ...envelope,
    text,
    html: body.html,
    sanitiserVersion: sanitiser.SANITISER_VERSION,
    remoteImages: body.remoteImages,
    ...cutReply({ text, html: body.rawHtml, subject: envelope.subject }),
    attachments: await listAttachments(parts, body, options.attachmentDir),
    ...kind,
    bounce: kind.auto === 'bounce' ? readBounce({ headers, parts, text }) : null,
    truncated: outcome.isCut || body.isCut,
    problem: outcome.problem,
    fingerprint: fingerprintMail(headers, tap.bodyHash()),
  };
}

/** The charset the sender writes in, for header bytes that say none. */
function charsetOf(headers: readonly Header[], parts: readonly Part[]): string | null {
  const own = readParams(firstHeader(headers, 'content-type') ?? '').params.get('charset');
  return own ?? parts.find((part) => part.charset !== null)?.charset ?? null;
}

/** Where no part could be found, the start of the body as it stands is better than nothing. */
function rescueText(body: Body, parts: readonly Part[], headers: readonly Header[], rest: Buffer): Body {
  if (parts.length > 0 || rest.length === 0) return body;
  const type = readParams(firstHeader(headers, 'content-type') ?? 'text/plain');
  if (!/^(?:text\/plain|multipart\/.*|)$/.test(type.value)) return body;
  if (/base64|quoted/i.test(firstHeader(headers, 'content-transfer-encoding') ?? '')) return body;
  const text = cleanText(decodeBytes(rest.subarray(0, limits.replyLength), type.params.get('charset')));
  return { ...body, text: text.replace(/\r\n?/g, '\n') };
}
