import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request as openRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import request from 'supertest';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { z } from 'zod';
import { changeAgent, signIn } from '../agents/public.js';
import { definePlugin } from '../plugins/define-plugin.js';
import { startTestDesk, type TestDesk } from '../testing/index.js';

const MB = 1024 * 1024;
let desk: TestDesk;
let folder: string;
let cookie: string;
/** Field, name and size of the files that a page was given. */
let taken: [string, string, number][];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'helpdesk-uploads-'));
  const manifest = { name: 'plugin-files', version: '1.0.0', peerDependencies: { '@helpdesk/core': '*' } };
  await writeFile(join(folder, 'package.json'), JSON.stringify(manifest));
  const files = definePlugin({ url: pathToFileURL(join(folder, 'index.js')).href } as ImportMeta, {
    register({ desk: pages }) {
      const takes = (limits?: { maxBytes?: number; most?: number }) => async (ctx: PageContext) => {
        const { note } = await ctx.form(z.object({ note: z.string() }));
        try {
          const uploads = await ctx.uploads(limits);
          taken = uploads.map(({ field, filename, content }) => [field, filename, content.length]);
          ctx.json({ note });
        } catch (error) {
          ctx.json({ note, code: (error as { code: string }).code, words: (error as Error).message }, 422);
        }
      };
      pages.own.post('/usual', takes());
      pages.own.post('/small', takes({ maxBytes: 1000, most: 2 }));
      pages.own.post('/greedy', takes({ maxBytes: 1000 * MB, most: 1000 }));
      pages.own.post('/careless', async (ctx) => {
        await ctx.uploads({ maxBytes: 1000 });
      });
    },
  });
  desk = await startTestDesk({ config: { plugins: [files({}, { enabled: true })] } });
  const signed = await signIn(desk.app, { ...desk.owner, ip: '127.0.0.1', device: 'test' });
  cookie = signed.ok ? `hd=${signed.token}` : '';
});
afterAll(async () => {
  await desk.close();
  await rm(folder, { recursive: true, force: true });
});
beforeEach(() => {
  taken = [];
});

interface PageContext {
  form<T>(schema: z.ZodType<T>): Promise<T>;
  uploads(limits?: {
    maxBytes?: number;
    most?: number;
  }): Promise<readonly { field: string; filename: string; content: Buffer }[]>;
  json(value: unknown, status?: number): void;
}

/** Sends files and, behind them, a field. */
function post(path: string, sizes: readonly number[]) {
  const form = request(desk.server)
    .post(`/desk/files${path}`)
    .set('Cookie', cookie)
    .set('Sec-Fetch-Site', 'same-origin');
  for (const [i, size] of sizes.entries())
    void form.attach('files', Buffer.alloc(size, 'x'), `файл ${i}.txt`);
  return form.field('note', 'kept');
}

it('gives the files with their names and the fields around them', async () => {
  const answer = await post('/usual', [3, 4]);
  expect([answer.status, answer.body]).toEqual([200, { note: 'kept' }]);
  expect(taken).toEqual([
    ['files', 'файл 0.txt', 3],
    ['files', 'файл 1.txt', 4],
  ]);
});

it('refuses what is more than the page takes, in bytes of all files and in number, and keeps the fields', async () => {
  const large = await post('/small', [600, 600]);
  expect(large.status).toBe(422);
  expect(large.body).toMatchObject({ note: 'kept', code: 'TOO_LARGE' });
  const many = await post('/small', [1, 1, 1]);
  expect(many.body).toMatchObject({ note: 'kept', code: 'TOO_LARGE' });
  expect(many.body.words).toContain('2 files');
  expect((await post('/small', [400, 600])).status).toBe(200);
});

it('refuses what is more than the desk reads, whatever a page asks for, and keeps the fields', async () => {
  for (const path of ['/usual', '/greedy']) {
    const large = await post(path, [13 * MB, 13 * MB]);
    expect(large.body).toMatchObject({ note: 'kept', code: 'TOO_LARGE' });
    expect(large.body.words).toContain('25\u00a0MB');
    const many = await post(
      path,
      Array.from({ length: 21 }, () => 1),
    );
    expect(many.body).toMatchObject({ note: 'kept', code: 'TOO_LARGE' });
  }
  expect(taken).toEqual([]);
});

it('says it in the language of the reader when the page does not', async () => {
  for (const [language, words] of [
    ['en', 'This is more than 1,000'],
    ['ru', 'Это больше, чем 1'],
  ] as const) {
    const actor = { kind: 'agent', id: desk.owner.id, door: 'test' } as const;
    await changeAgent(desk.app, { agentId: desk.owner.id, language, actor });
    const answer = await post('/careless', [2000]).set('Accept', 'text/html');
    expect(answer.status).toBe(413);
    expect(answer.text).toContain(words);
  }
});

/** Sends a form in chunks, so that nobody knows its length before its end. @returns the status */
function sendInChunks(part: string, megabytes: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const outgoing = openRequest(`${desk.url}/desk/files/usual`, {
      method: 'POST',
      headers: {
        Cookie: cookie,
        'Sec-Fetch-Site': 'same-origin',
        'Content-Type': 'multipart/form-data; boundary=edge',
        'Transfer-Encoding': 'chunked',
      },
    });
    outgoing.on('error', reject);
    outgoing.on('response', (response) => {
      response.resume();
      response.on('end', () => resolve(response.statusCode ?? 0));
    });
    outgoing.write(`--edge\r\nContent-Disposition: form-data; ${part}\r\n\r\n`);
    for (let n = 0; n < megabytes; n += 1) outgoing.write(Buffer.alloc(MB, 'x'));
    outgoing.end('\r\n--edge\r\nContent-Disposition: form-data; name="note"\r\n\r\nkept\r\n--edge--\r\n');
  });
}

it('counts a body that does not declare its length', async () => {
  const file = 'name="files"; filename="a.bin"';
  expect(await sendInChunks(file, 3)).toBe(200);
  expect(taken).toEqual([['files', 'a.bin', 3 * MB]]);
  expect(await sendInChunks(file, 26)).toBe(422);
  expect(await sendInChunks(file, 101)).toBe(413);
  expect(await sendInChunks('name="other"', 3)).toBe(413);
});

it('refuses a body that declares too much before reading it', async () => {
  const answer = await post('/usual', [101 * MB]);
  expect(answer.status).toBe(413);
});
