import { afterAll, beforeAll, describe, it } from 'vitest';
import { findAccount, keepRaw } from '@helpdesk/core';
import { mailboxSetup } from '@helpdesk/core/contracts';
import {
  startTestDesk,
  testChannel,
  testEngines,
  type ChannelDriver,
  type Failure,
  type TestDeskOptions,
  type Written,
} from '@helpdesk/core/testing';
import { email } from '@helpdesk/plugin-email';
import { simpleParser } from 'mailparser';
import { startSmtpSink, type Answer, type SunkMail } from '../setup/smtp-sink.js';

describe.each(testEngines)('email on %s', (engine) => {
  testChannel({ it, beforeAll, afterAll }, () => driveEmail(engine), {
    files: true,
    failures: ['busy', 'refused', 'silent'],
  });
});

const answers: Readonly<Record<Failure, Answer>> = {
  busy: '451-after-dot',
  refused: '550-after-dot',
  gone: '550-after-dot',
  silent: 'close-after-dot',
};

/** Mail has no calls: what the watcher of a mailbox does with a letter is done here; real IMAP is tried elsewhere. */
async function driveEmail(engine: NonNullable<TestDeskOptions['engine']>): Promise<ChannelDriver> {
  const sink = await startSmtpSink();
  const desk = await startTestDesk({ engine, config: { plugins: [email({ pollSeconds: 3600 })] } });
  const [line]: { id: number }[] = await desk.app.db('lines').select('id');
  const accountId = await desk.app.service(mailboxSetup)?.add({
    address: 'support@desk.example',
    password: 'secret',
    imap: { host: '127.0.0.1', port: 1, secure: 'none' },
    smtp: { host: '127.0.0.1', port: sink.port, secure: 'none' },
    lineId: line?.id ?? 1,
    name: 'Support',
    actor: { kind: 'system', id: 'test' },
  });
  const account = await findAccount(desk.app.db, accountId ?? 1);
  const sent: { mail: SunkMail; text: string; files: { name: string; content: Buffer }[] }[] = [];
  const read = async () => {
    for (const mail of sink.mails.slice(sent.length)) {
      const { text = '', attachments } = await simpleParser(mail.raw);
      const files = attachments.map(({ filename = '', content }) => ({ name: filename, content }));
      sent.push({ mail, text, files });
    }
  };
  return {
    desk: {
      ...desk,
      drain: async () => {
        await desk.drain();
        await read();
      },
    },
    account,
    call: (written) => ({
      async make() {
        await keepRaw(desk.app, { account, externalId: `1:${written.n}`, raw: Buffer.from(letter(written)) });
        return 200;
      },
    }),
    forge: () => [],
    garbage: () => ({
      async make() {
        await keepRaw(desk.app, { account, externalId: '1:garbage', raw: Buffer.from([0, 255, 13, 0]) });
        return 200;
      },
    }),
    sent: () =>
      sent.map(({ mail, text, files }) => ({
        to: mail.to[0] ?? '',
        text,
        files,
        id: mail.headers.get('message-id') ?? '',
      })),
    failNext: (how) => sink.script({ '*': [answers[how], '250'] }),
    async close() {
      await desk.close();
      await sink.stop();
    },
  };
}

function letter({ n, from, text, files = [] }: Written): string {
  const base64 = (content: string | Buffer) =>
    (
      Buffer.from(content as string)
        .toString('base64')
        .match(/.{1,76}/g) ?? ['']
    ).join('\r\n');
  const parts = [
    ['Content-Type: text/plain; charset=utf-8', 'Content-Transfer-Encoding: base64', '', base64(text)],
    ...files.map(({ name, contentType, content }) => [
      `Content-Type: ${contentType}`,
      `Content-Disposition: attachment; filename="${name}"`,
      'Content-Transfer-Encoding: base64',
      '',
      base64(content),
    ]),
  ];
  return [
    `Message-ID: <${n}@client.example>`,
    `From: =?utf-8?B?${Buffer.from(from.name).toString('base64')}?= <w${from.id}@client.example>`,
    'To: support@desk.example',
    `Subject: Letter ${n}`,
    'MIME-Version: 1.0',
    'Content-Type: multipart/mixed; boundary="b"',
    '',
    ...parts.flatMap((part) => ['--b', ...part]),
    '--b--',
    '',
  ].join('\r\n');
}
