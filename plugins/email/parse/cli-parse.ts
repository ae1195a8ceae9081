import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { limits } from './limits.js';
import type { ParsedMail } from './parsed-mail.js';
import { createParser, type Parser } from './pool.js';

/** Reads one raw mail from `input` and writes what was understood as one line of JSON. */
export async function parseToStream(input: Readable, output: Writable): Promise<void> {
  await withParser(async (parseBytes) => {
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of input) {
      const bytes = Buffer.from(chunk);
      size += bytes.length;
      chunks.push(bytes);
      if (size > limits.mailBytes) break;
    }
    await writeLine(output, present(await parseBytes(Buffer.concat(chunks))));
  });
}

/**
 * One raw mail in base64 a line in, one line of JSON each out, in order. A line that is no mail gets
 * `{"error": …}`; nothing a mail holds stops the lines behind it.
 */
export async function serveParse(input: Readable, output: Writable): Promise<void> {
  await withParser(async (parseBytes) => {
    for await (const line of createInterface({ input, crlfDelay: Infinity })) {
      if (line.trim() === '') continue;
      await writeLine(output, await answerLine(line.trim(), parseBytes));
    }
  });
}

type ParseBytes = (raw: Buffer) => Promise<ParsedMail>;

async function answerLine(line: string, parseBytes: ParseBytes): Promise<object> {
  if (!/^[A-Za-z0-9+/_-]+={0,2}$/.test(line)) return { error: 'The line is not base64' };
  try {
    return present(await parseBytes(Buffer.from(line, 'base64')));
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}

/** Attachments are only counted and named here: their contents go with the temporary folder. */
async function withParser(work: (parseBytes: ParseBytes) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'helpdesk-parse-'));
  const attachmentDir = join(folder, 'attachments');
  const parser: Parser = createParser({ attachmentDir });
  const rawPath = join(folder, 'mail.eml');
  try {
    await work(async (raw) => {
      await writeFile(rawPath, raw, { mode: 0o600 });
      const mail = await parser.parse(rawPath);
      if (mail.attachments.length > 0) await rm(attachmentDir, { recursive: true, force: true });
      return mail;
    });
  } finally {
    await parser.close();
    await rm(folder, { recursive: true, force: true });
  }
}

function present(mail: ParsedMail): object {
  const { from, to, cc, replyTo, subject, text, html, reply, messageId, inReplyTo, references, date } = mail;
  const attachments = mail.attachments.map(({ filename, contentType, size }) => ({
    filename,
    contentType,
    size,
  }));
  const { auto, originalSender, problem } = mail;
  return {
    from,
    to,
    cc,
    replyTo,
    subject,
    text,
    html,
    reply,
    attachments,
    messageId,
    inReplyTo,
    references,
    date,
    auto,
    originalSender,
    problem,
  };
}

async function writeLine(output: Writable, value: object): Promise<void> {
  const isRoomLeft = output.write(`${JSON.stringify(value)}\n`);
  if (!isRoomLeft && !output.destroyed) await new Promise<void>((resolve) => output.once('drain', resolve));
}
