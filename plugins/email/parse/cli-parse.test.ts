import { PassThrough, Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { parseToStream, serveParse } from './cli-parse.js';

const line = (raw: string): string => `${Buffer.from(raw, 'latin1').toString('base64')}\n`;

async function serve(...lines: string[]): Promise<unknown[]> {
  const output = new PassThrough();
  const answer = text(output);
  await serveParse(Readable.from(lines), output);
  output.end();
  return (await answer)
    .trim()
    .split('\n')
    .map((json) => JSON.parse(json));
}

test('prints one mail as a line of JSON', async () => {
  const output = new PassThrough();
  const answer = text(output);
  const raw =
    'From: A <a@b.c>\nSubject: s\nMessage-ID: <m@x>\nContent-Type: application/pdf; name=a.pdf\n\n%PDF';
  await parseToStream(Readable.from([Buffer.from(raw)]), output);
  output.end();
  expect(JSON.parse(await answer)).toMatchObject({
    from: { name: 'A', address: 'a@b.c' },
    to: [],
    subject: 's',
    messageId: '<m@x>',
    attachments: [{ filename: 'a.pdf', contentType: 'application/pdf', size: 4 }],
  });
});

test('answers every line in order and goes on after a bad one', async () => {
  const answers = await serve(
    line('Subject: one\n\nx'),
    'not base64!\n',
    line('\0\0\0'),
    line('Subject: two\n\nx'),
  );
  expect(answers).toMatchObject([
    { subject: 'one' },
    { error: 'The line is not base64' },
    { from: null },
    { subject: 'two' },
  ]);
});
