import { ImapFlow } from 'imapflow';
import { createTransport } from 'nodemailer';
import { afterEach, describe, expect, it } from 'vitest';
import { hasDovecot, startDovecot } from './dovecot.js';
import { startFaultProxy } from './fault-proxy.js';
import { startSmtpSink } from './smtp-sink.js';

const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
});

function imap(port: number): ImapFlow {
  const auth = { user: 'anna@example.com', pass: 'secret' };
  const client = new ImapFlow({
    host: '127.0.0.1',
    port,
    secure: false,
    doSTARTTLS: false,
    auth,
    logger: false,
  });
  client.on('error', () => undefined);
  cleanups.push(async () => client.close());
  return client;
}

async function countMails(port: number): Promise<number> {
  const client = imap(port);
  await client.connect();
  const mailbox = await client.mailboxOpen('INBOX');
  await client.logout();
  return mailbox.exists;
}

const mail = { from: 'shop@example.net', to: 'anna@example.com', subject: 'Привет', text: 'one' };

describe.skipIf(!hasDovecot)('the mail servers of the tests', () => {
  it('carry a mail from SMTP into an IMAP mailbox, which outlives a restart', async () => {
    const dovecot = await startDovecot();
    cleanups.push(dovecot.stop);
    const sink = await startSmtpSink({ forwardTo: dovecot });
    cleanups.push(sink.stop);
    await createTransport({ host: '127.0.0.1', port: sink.port }).sendMail(mail);
    expect(await countMails(dovecot.port)).toBe(1);
    await dovecot.restart();
    expect(await countMails(dovecot.port)).toBe(1);
  });

  it('are cut off by the fault proxy after as many bytes as told, then healed', async () => {
    const dovecot = await startDovecot();
    cleanups.push(dovecot.stop);
    const proxy = await startFaultProxy(dovecot.port);
    cleanups.push(proxy.stop);
    proxy.next({ cutAfter: 20 }, { resetAfter: 30 });
    await expect(countMails(proxy.port)).rejects.toThrow();
    await expect(countMails(proxy.port)).rejects.toThrow();
    expect(await countMails(proxy.port)).toBe(0);
    expect(proxy.connections()).toBe(3);
  });
});

describe('the SMTP sink', () => {
  it('answers each recipient as scripted and keeps what it took', async () => {
    const sink = await startSmtpSink({ auth: { user: 'u', password: 'p' } });
    cleanups.push(sink.stop);
    sink.script({ 'later@example.com': ['450', '250'], 'never@example.com': '550' });
    const auth = { user: 'u', pass: 'p' };
    const transport = createTransport({ host: '127.0.0.1', port: sink.port, auth });
    const to = ['anna@example.com', 'later@example.com', 'never@example.com'];
    await transport.sendMail({ ...mail, to });
    await transport.sendMail({ ...mail, to: 'later@example.com' });
    await sink.waitFor((sunk) => sunk.to.includes('later@example.com'));
    expect(sink.mails.map((sunk) => sunk.to)).toEqual([['anna@example.com'], ['later@example.com']]);
    expect(sink.mails[0]?.headers.get('from')).toBe('shop@example.net');
    expect(sink.mails[0]?.user).toBe('u');
  });

  it('takes a mail and hangs up before saying so', async () => {
    const sink = await startSmtpSink();
    cleanups.push(sink.stop);
    sink.script({ '*': 'close-after-dot' });
    const transport = createTransport({ host: '127.0.0.1', port: sink.port });
    await expect(transport.sendMail(mail)).rejects.toThrow();
    expect(sink.mails).toHaveLength(1);
  });
});
