import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseMail } from './parse-mail.js';
import type { ParsedMail } from './parsed-mail.js';

let attachmentDir: string;

beforeAll(async () => {
  attachmentDir = await mkdtemp(join(tmpdir(), 'classify-'));
});

afterAll(() => rm(attachmentDir, { recursive: true, force: true }));

const parse = (...lines: string[]): Promise<ParsedMail> =>
  parseMail(Buffer.from(lines.join('\r\n'), 'utf8'), { attachmentDir });

test.each([
  ['Auto-Submitted: auto-replied'],
  ['Auto-Submitted: auto-generated (vacation)'],
  ['X-Autoreply: yes'],
  ['X-Autorespond: I am away'],
  ['Precedence: auto_reply'],
  ['Precedence: bulk'],
  ['Precedence: junk'],
  ['Subject: Automatic reply: Hello'],
  ['Subject: Автоответ: Привет'],
  ['Subject: Out of office'],
  ['Subject: Automatische Antwort: Hallo'],
  ['Subject: Réponse automatique : Bonjour'],
])('"%s" makes a mail automatic', async (header) => {
  expect((await parse('From: a@b.c', header, '', 'I am away.')).auto).toBe('auto');
});

test.each([
  ['Auto-Submitted: no'],
  ['X-Auto-Response-Suppress: All'],
  ['Precedence: list'],
  ['Subject: The automatic door is broken'],
  ['Subject: Office chair'],
  ['Subject: Delivery failure of my parcel'],
])('"%s" does not', async (header) => {
  expect((await parse('From: a@b.c', header, '', 'Please help.')).auto).toBeNull();
});

test('a mail by a list is from a list and not automatic', async () => {
  const mail = await parse('From: a@b.c', 'List-Id: <users.example.com>', 'Precedence: bulk', '', 'Hello');
  expect(mail).toMatchObject({ list: true, auto: null });
});

/** A delivery status notification with the fields of the report and the header of the mail that came back. */
function report(fields: string[], from = 'MAILER-DAEMON@mx.example.com'): Promise<ParsedMail> {
  return parse(
    `From: ${from}`,
    'Subject: Undelivered Mail Returned to Sender',
    'Content-Type: multipart/report; report-type=delivery-status; boundary=b',
    '',
    '--b',
    '',
    'This is the mail system at host mx.example.com.',
    '--b',
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns; mx.example.com',
    '',
    ...fields,
    '--b',
    'Content-Type: message/rfc822',
    '',
    'Message-ID: <ours@example.com>',
    'Subject: Hello',
    '',
    'x',
    '--b--',
  );
}

test('reads the delivery report of Postfix', async () => {
  const mail = await report([
    'Final-Recipient: rfc822; nobody@example.org',
    'Original-Recipient: rfc822;nobody@example.org',
    'Action: failed',
    'Status: 5.1.1',
    'Diagnostic-Code: smtp; 550 5.1.1 <nobody@example.org>: user',
    '    unknown',
  ]);
  expect(mail.auto).toBe('bounce');
  expect(mail.bounce).toEqual({
    recipients: [
      {
        address: 'nobody@example.org',
        action: 'failed',
        status: '5.1.1',
        diagnostic: '550 5.1.1 <nobody@example.org>: user unknown',
      },
    ],
    originalMessageId: '<ours@example.com>',
  });
});

test('reads a report of Exchange about two recipients, one delayed', async () => {
  const mail = await report(
    [
      'Final-recipient: RFC822; a@example.org',
      'Action: failed',
      'Status: 5.7.1',
      '',
      'Final-recipient: RFC822; b@example.org',
      'Action: delayed',
      'Status: 4.4.7',
    ],
    'postmaster@example.org',
  );
  expect(mail.bounce?.recipients.map(({ address, action }) => [address, action])).toEqual([
    ['a@example.org', 'failed'],
    ['b@example.org', 'delayed'],
  ]);
});

test.each<[string, string[], string[]]>([
  [
    'qmail',
    ['From: MAILER-DAEMON@mx.example.com', 'Subject: failure notice'],
    [
      'Hi. This is the qmail-send program at mx.example.com.',
      "I'm afraid I wasn't able to deliver your message to the following addresses.",
      '',
      '<nobody@example.org>:',
      '1.2.3.4 does not like recipient.',
      'Remote host said: 550 5.1.1 unknown user',
      '',
      '--- Below this line is a copy of the message.',
      '',
      'Message-ID: <ours@example.com>',
      'To: other@example.org',
    ],
  ],
  [
    'Exim',
    [
      'From: Mail Delivery System <Mailer-Daemon@mx.example.com>',
      'Subject: Mail delivery failed: returning message to sender',
      'X-Failed-Recipients: nobody@example.org',
    ],
    [
      'This message was created automatically.',
      '',
      '  nobody@example.org',
      '    550 5.1.1 No such user',
      '',
      'Message-ID: <ours@example.com>',
    ],
  ],
  [
    'Mail.ru',
    ['From: mailer-daemon@corp.mail.ru', 'Subject: Недоставленное сообщение'],
    [
      'Ваше сообщение не было доставлено получателю',
      '',
      'nobody@example.org',
      '550 5.1.1 Message was not accepted',
      '',
      'Message-ID: <ours@example.com>',
    ],
  ],
])('reads the text of %s', async (_, headers, body) => {
  const mail = await parse(...headers, 'Content-Type: text/plain; charset=utf-8', '', ...body);
  expect(mail.auto).toBe('bounce');
  expect(mail.bounce?.recipients).toMatchObject([{ address: 'nobody@example.org', status: '5.1.1' }]);
  expect(mail.bounce?.originalMessageId).toBe('<ours@example.com>');
});

test('a read receipt is automatic', async () => {
  const mail = await parse(
    'From: a@b.c',
    'Content-Type: multipart/report; report-type=disposition-notification; boundary=b',
    '',
    '--b',
    '',
    'Your message was displayed.',
    '--b--',
  );
  expect(mail).toMatchObject({ auto: 'auto', bounce: null });
});
