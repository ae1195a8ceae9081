import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { startFaultProxy } from '../../../tests/setup/fault-proxy.js';
import { freePort } from '../../../tests/setup/free-port.js';
import { startSmtpSink, type SmtpSink, type SmtpSinkOptions } from '../../../tests/setup/smtp-sink.js';
import { tempDir } from '../../../tests/setup/temp-dir.js';
import type { FrozenMail } from './frozen-mail.js';
import type { SmtpSettings } from './smtp-options.js';
import { createSender, type Sender } from './smtp-sender.js';

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
});

const mail: FrozenMail = {
  envelopeFrom: 'support@shop.example',
  recipients: ['anna@example.com'],
  messageId: '<t.1.2.abc@shop.example>',
  date: new Date('2026-11-24T10:00:00Z'),
  from: { name: 'Магазин', address: 'support@shop.example' },
  to: [{ name: 'Анна', address: 'anna@example.com' }],
  cc: [],
  references: ['<a@example.com>', '<b@example.com>'],
  inReplyTo: '<b@example.com>',
  subject: 'Re: Где мой заказ? '.repeat(6).trim(),
  text: 'Здравствуйте!\n.\n.точка в начале строки\n',
  html: '<p>Здравствуйте! <img src="cid:logo@shop"></p>',
  boundarySeed: 'seed1',
  attachments: [],
  headers: { 'X-Ticket': '1' },
};

async function sink(options: SmtpSinkOptions = {}): Promise<SmtpSink> {
  const server = await startSmtpSink(options);
  cleanups.push(server.stop);
  return server;
}

function sender(port: number, settings: Partial<SmtpSettings> = {}): Sender {
  const made = createSender({ host: '127.0.0.1', port, secure: 'none', ...settings });
  cleanups.push(() => made.close());
  return made;
}

async function withFiles(): Promise<FrozenMail> {
  const directory = await tempDir();
  cleanups.push(directory.remove);
  const file = async (filename: string, bytes: Buffer): Promise<string> => {
    const path = join(directory.path, filename);
    await writeFile(path, bytes);
    return path;
  };
  const logo = await file('logo.png', Buffer.alloc(70_000, 7));
  const bill = await file('bill.pdf', Buffer.from('%PDF-1.7'));
  const attachments = [
    { filename: 'logo.png', contentType: 'image/png', path: logo, cid: 'logo@shop' },
    { filename: 'Счёт на оплату.pdf', contentType: 'application/pdf', path: bill },
  ];
  return { ...mail, attachments };
}

function loseTheLease(): void {
  throw new Error('the lease was lost');
}

const three = ['anna@example.com', 'boris@example.com', 'clara@example.com'];

describe('sending a mail', () => {
  it('sends the same bytes on every try', async () => {
    const server = await sink();
    const frozen = await withFiles();
    server.script({ '*': ['451-after-dot', 'close-after-dot', '250'] });
    for (const state of ['retry', 'uncertain', 'sent']) {
      const { recipients } = await sender(server.port).send(frozen);
      expect(recipients.map((recipient) => recipient.state)).toEqual([state]);
    }
    expect(server.mails).toHaveLength(2);
    expect(server.mails[0]?.raw.toString()).toBe(server.mails[1]?.raw.toString());
    expect(server.mails[0]?.headers.get('message-id')).toBe(mail.messageId);
    expect(server.mails[0]?.headers.get('date')).toBe('Tue, 24 Nov 2026 10:00:00 +0000');
  });

  it('says so for each recipient', async () => {
    const server = await sink();
    server.script({ 'boris@example.com': '450', 'clara@example.com': '550' });
    const { recipients, trouble } = await sender(server.port).send({ ...mail, recipients: three });
    expect(recipients.map(({ address, state, code }) => [address, state, code])).toEqual([
      ['anna@example.com', 'sent', 250],
      ['boris@example.com', 'retry', 450],
      ['clara@example.com', 'failed', 550],
    ]);
    expect(recipients[2]?.text).toContain('scripted for clara@example.com');
    expect(trouble).toBeUndefined();
    expect(server.mails.map((sunk) => sunk.to)).toEqual([['anna@example.com']]);
  });

  it('fails for each recipient in its own way when nobody was accepted', async () => {
    const server = await sink();
    server.script({ 'anna@example.com': '452', '*': '550' });
    const { recipients } = await sender(server.port).send({ ...mail, recipients: three });
    expect(recipients.map((recipient) => recipient.state)).toEqual(['retry', 'failed', 'failed']);
  });

  it('matches a refusal to its recipient in any spelling of the domain', async () => {
    const server = await sink();
    server.script({ 'anna@example.com': '250', '*': '550' });
    const recipients = ['anna@EXAMPLE.com', 'Boris@пример.рф'];
    const result = await sender(server.port).send({ ...mail, recipients });
    expect(result.recipients.map(({ address, state }) => [address, state])).toEqual([
      ['anna@EXAMPLE.com', 'sent'],
      ['Boris@пример.рф', 'failed'],
    ]);
  });

  it('sends automatic mail from nobody', async () => {
    const server = await sink();
    await sender(server.port).send({
      ...mail,
      envelopeFrom: '',
      headers: { 'Auto-Submitted': 'auto-replied' },
    });
    expect(server.mails[0]?.from).toBe('');
    expect(server.mails[0]?.headers.get('auto-submitted')).toBe('auto-replied');
  });
});

describe('an answer that never came', () => {
  it('leaves every recipient uncertain after the end of the data', async () => {
    const server = await sink();
    server.script({ '*': 'close-after-dot' });
    const { recipients } = await sender(server.port).send({ ...mail, recipients: three });
    expect(recipients.map((recipient) => recipient.state)).toEqual(['uncertain', 'uncertain', 'uncertain']);
    expect(server.mails).toHaveLength(1);
  });

  it('is uncertain too when the server falls silent after the end of the data', async () => {
    const server = await sink();
    server.script({ '*': 'timeout-after-dot' });
    const { recipients } = await sender(server.port, { timeouts: { silenceMs: 300 } }).send(mail);
    expect(recipients[0]?.state).toBe('uncertain');
  });

  it('is no doubt when it is a refusal after the end of the data', async () => {
    const server = await sink();
    server.script({ '*': ['550-after-dot', '421-after-dot'] });
    const sending = sender(server.port);
    expect((await sending.send(mail)).recipients[0]).toMatchObject({ state: 'failed', code: 550 });
    expect((await sending.send(mail)).recipients[0]).toMatchObject({ state: 'retry', code: 421 });
  });

  it.each(['close', 'timeout'] as const)('is a retry before the data (%s)', async (answer) => {
    const server = await sink();
    server.script({ '*': answer });
    const { recipients } = await sender(server.port, { timeouts: { silenceMs: 300 } }).send(mail);
    expect(recipients[0]?.state).toBe('retry');
    expect(server.mails).toHaveLength(0);
  });

  it('is a retry in the middle of the data', async () => {
    const server = await sink();
    server.script({ '*': 'close-in-data' });
    const directory = await tempDir();
    cleanups.push(directory.remove);
    const path = join(directory.path, 'big');
    await writeFile(path, Buffer.alloc(20_000_000));
    const attachments = [{ filename: 'big.bin', contentType: 'application/octet-stream', path }];
    const { recipients } = await sender(server.port).send({ ...mail, attachments });
    expect(recipients[0]?.state).toBe('retry');
  });

  it('is a retry with a named trouble when there is no server', async () => {
    const { recipients, trouble } = await sender(await freePort()).send(mail);
    expect(recipients[0]?.state).toBe('retry');
    expect(trouble?.code).toBe('refused');
  });

  it('is overcome by a new connection when the old one had gone stale', async () => {
    const server = await sink();
    const proxy = await startFaultProxy(server.port);
    cleanups.push(proxy.stop);
    const sending = sender(proxy.port, { connections: 1 });
    await sending.send(mail);
    proxy.cut();
    expect((await sending.send(mail)).recipients[0]?.state).toBe('sent');
    expect(proxy.connections()).toBe(2);
  });
});

describe('before the data', () => {
  it('waits for the caller, once the server has accepted the recipients', async () => {
    const server = await sink();
    const order: string[] = [];
    const beforeData = async (): Promise<void> => {
      order.push(
        `asked with ${server.tries.get('anna@example.com')} recipient, ${server.mails.length} mails`,
      );
      await new Promise((resolve) => setTimeout(resolve, 50));
      order.push(`${server.mails.length} mails`);
    };
    await sender(server.port).send(mail, { beforeData });
    expect(order).toEqual(['asked with 1 recipient, 0 mails', '0 mails']);
    expect(server.mails).toHaveLength(1);
  });

  it('sends nothing when the caller fails, and passes its error on', async () => {
    const server = await sink();
    await expect(sender(server.port).send(mail, { beforeData: loseTheLease })).rejects.toThrow(
      'the lease was lost',
    );
    await sender(server.port).send({ ...mail, messageId: '<next@shop.example>' });
    expect(server.mails.map((sunk) => sunk.headers.get('message-id'))).toEqual(['<next@shop.example>']);
  });

  it('does not ask when nobody was accepted', async () => {
    const server = await sink();
    server.script({ '*': '550' });
    let asked = 0;
    await sender(server.port).send(mail, { beforeData: () => void (asked += 1) });
    expect(asked).toBe(0);
  });
});

describe('the account', () => {
  it('lets mail wait, rather than fail, while the password is wrong, and does not repeat the password', async () => {
    const server = await sink({ auth: { user: 'u', password: 'right' } });
    const wrong = sender(server.port, { user: 'u', password: 'wr0ng-one' });
    const { recipients, trouble } = await wrong.send(mail);
    expect(recipients[0]?.state).toBe('retry');
    expect(trouble?.code).toBe('wrong-password');
    expect(JSON.stringify({ recipients, trouble })).not.toContain('wr0ng-one');
    await expect(wrong.verify()).rejects.toThrow('535');
    await sender(server.port, { user: 'u', password: 'right' }).verify();
  });

  it('lets mail wait when the server wants a sign-in that is not set up', async () => {
    const server = await sink({ auth: { user: 'u', password: 'right' } });
    const { recipients, trouble } = await sender(server.port).send(mail);
    expect(recipients[0]).toMatchObject({ state: 'retry', code: 530 });
    expect(trouble).toBeDefined();
  });

  it('demands STARTTLS and a certificate that holds', async () => {
    const plain = await sink();
    const demanding = await sender(plain.port, { secure: 'starttls' }).send(mail);
    expect(demanding.trouble?.code).toBe('tls-unavailable');
    expect(plain.mails).toHaveLength(0);
    const secure = await sink({ secure: 'starttls' });
    const checking = await sender(secure.port, { secure: 'starttls' }).send(mail);
    expect(checking.trouble?.code).toBe('tls-certificate');
    const lax = await sender(secure.port, { secure: 'starttls', tls: { rejectUnauthorized: false } }).send(
      mail,
    );
    expect(lax.recipients[0]?.state).toBe('sent');
  });
});

describe('a mail that would write headers of its own', () => {
  const evil = 'x\r\nBcc: victim@example.com';
  const anna = { name: 'Anna', address: 'anna@example.com' };
  it.each<[string, Partial<FrozenMail>]>([
    ['subject', { subject: evil }],
    ['name of the sender', { from: { name: evil, address: 'support@shop.example' } }],
    ['address of the sender', { from: { name: '', address: `a@b.example${evil}` } }],
    ['name of a recipient', { to: [{ ...anna, name: evil }] }],
    ['address in Cc', { cc: [{ name: '', address: 'a@b.example>\n' }] }],
    ['envelope sender', { envelopeFrom: 'a@b.example>\r\nRCPT TO:<victim@example.com' }],
    ['envelope recipient', { recipients: ['a@b.example>\r\nRCPT TO:<victim@example.com'] }],
    ['two addresses in one', { recipients: ['a@b.example,victim@example.com'] }],
    ['Reply-To', { replyTo: { name: evil, address: 'a@b.example' } }],
    ['Message-ID', { messageId: `<a@b>${evil}` }],
    ['References', { references: [evil] }],
    ['header value', { headers: { 'X-A': evil } }],
    ['header name', { headers: { 'X-A: b\r\nBcc': 'victim@example.com' } }],
    ['header with a field of its own', { headers: { Bcc: 'victim@example.com' } }],
    ['file name', { attachments: [{ filename: evil, contentType: 'text/plain', path: '/etc/hostname' }] }],
    [
      'file type',
      { attachments: [{ filename: 'a', contentType: `text/plain${evil}`, path: '/etc/hostname' }] },
    ],
    [
      'address of a file',
      { attachments: [{ filename: 'a', contentType: 'text/plain', path: 'http://evil.example/' }] },
    ],
  ])('is refused: %s', async (_where, change) => {
    const server = await sink();
    const { recipients } = await sender(server.port).send({ ...mail, ...change });
    expect(recipients[0]).toMatchObject({ state: 'failed', text: expect.stringMatching(/^refused: /) });
    expect(server.connections()).toBe(0);
  });
});
