import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createParser, type Parser, type ParserOptions } from './pool.js';

let folder: string;
let parser: Parser | undefined;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parse-pool-'));
});

afterEach(async () => {
  await parser?.close();
  await rm(folder, { recursive: true, force: true });
});

function start(options: Partial<ParserOptions> = {}): Parser {
  parser = createParser({ attachmentDir: join(folder, 'attachments'), ...options });
  return parser;
}

async function put(name: string, raw: string | Uint8Array): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, raw);
  return path;
}

const plain = (subject: string) => `From: A <a@example.com>\r\nSubject: ${subject}\r\n\r\nHello\r\n`;

test('reads mails in a thread of its own, in order', async () => {
  const { parse } = start();
  const paths = await Promise.all([1, 2, 3].map((number) => put(`${number}.eml`, plain(`mail ${number}`))));
  const mails = await Promise.all(paths.map((path) => parse(path)));
  expect(mails.map((mail) => mail.subject)).toEqual(['mail 1', 'mail 2', 'mail 3']);
  expect(mails.map((mail) => mail.problem)).toEqual([null, null, null]);
});

test('a mail that takes too long is given up with its header, and the next is read', async () => {
  const { parse } = start({ timeoutMs: 1 });
  const slow = await parse(await put('slow.eml', plain('slow')));
  expect(slow).toMatchObject({ problem: 'too-slow', subject: 'slow', from: { address: 'a@example.com' } });
  await parser?.close();
  const next = start();
  expect((await next.parse(join(folder, 'slow.eml'))).problem).toBeNull();
});

test('a mail that needs more memory than allowed is given up with its header, and the next is read', async () => {
  const { parse } = start({ heapMb: 24 });
  const html = `From: a@example.com\nSubject: heavy\nContent-Type: text/html\n\n${'<p>x<br>y</p>'.repeat(80_000)}`;
  const heavy = await parse(await put('heavy.eml', html));
  expect(heavy).toMatchObject({ problem: 'too-big', subject: 'heavy' });
  expect(await parse(await put('next.eml', plain('next')))).toMatchObject({ problem: null, subject: 'next' });
});

test('a mail over the size limit keeps its header only', async () => {
  const { parse } = start({ maxBytes: 1000 });
  const mail = await parse(await put('big.eml', plain('big') + 'x'.repeat(5000)));
  expect(mail).toMatchObject({ problem: 'too-big', truncated: true, subject: 'big', text: '' });
});

test('puts attachments into the folder under their digest', async () => {
  const { parse } = start();
  const content = randomBytes(600_000);
  const body = content.toString('base64').replace(/.{76}/g, '$&\n');
  const raw = `Subject: file\nContent-Type: application/zip; name=a.zip\nContent-Transfer-Encoding: base64\n\n${body}\n`;
  const mail = await parse(await put('file.eml', raw));
  expect(mail.attachments).toMatchObject([
    { filename: 'a.zip', contentType: 'application/zip', size: 600_000 },
  ]);
  expect(await readdir(join(folder, 'attachments'))).toEqual(mail.attachments.map(({ sha256 }) => sha256));
});

test('starts a new worker after the idle one has ended', async () => {
  const { parse } = start({ idleMs: 1 });
  const path = await put('a.eml', plain('a'));
  await parse(path);
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect((await parse(path)).subject).toBe('a');
});

test('says so when the file is not there, and goes on', async () => {
  const { parse } = start();
  await expect(parse(join(folder, 'none.eml'))).rejects.toMatchObject({ code: 'ENOENT' });
  expect((await parse(await put('a.eml', plain('a')))).subject).toBe('a');
});

test('a mail that is being read when the parser closes is not called unreadable', async () => {
  const { parse, close } = start();
  const reading = parse(await put('a.eml', plain('a')));
  const refused = expect(reading).rejects.toThrow('The mail parser is closed');
  await new Promise((resolve) => setImmediate(resolve));
  await close();
  await refused;
});
