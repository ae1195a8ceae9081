import { Readable } from 'node:stream';
import { expect, it } from 'vitest';
import { readMbox } from './read-mbox.js';

async function read(text: string, pieces = 7): Promise<string[]> {
  const bytes = Buffer.from(text, 'latin1');
  const cut = Array.from({ length: Math.ceil(bytes.length / pieces) }, (_, i) =>
    bytes.subarray(i * pieces, (i + 1) * pieces),
  );
  const mails: string[] = [];
  for await (const mail of readMbox(Readable.from(cut))) mails.push(mail.toString('latin1'));
  return mails;
}

it('gives every mail byte for byte, wherever the file is cut', async () => {
  const mbox = 'From a@b Mon\nSubject: 1\n\nHi \xff\xfe\n\nFrom c@d Tue\nSubject: 2\r\n\r\nBye\r\n\r\n\r\n';
  const mails = ['Subject: 1\n\nHi \xff\xfe\n', 'Subject: 2\r\n\r\nBye\r\n\r\n'];
  for (const pieces of [1, 2, 7, 1000]) expect(await read(mbox, pieces)).toEqual(mails);
});

it('takes a "From " only behind a blank line for a separator, and unescapes one ">"', async () => {
  const mbox = 'From a@b Mon\nSubject: 1\n\nDear Ann\nFrom here on\n\n>From there\n>>From far\n> From\n';
  expect(await read(mbox)).toEqual([
    'Subject: 1\n\nDear Ann\nFrom here on\n\nFrom there\n>From far\n> From\n',
  ]);
});

it('finds nothing in what is no mbox', async () => {
  expect(await read('')).toEqual([]);
  expect(await read('Subject: x\n\nFrom\n')).toEqual([]);
});
