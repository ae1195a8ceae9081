import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { hasDovecot, startDovecot, type Dovecot } from '../../../tests/setup/dovecot.js';
import { freePort } from '../../../tests/setup/free-port.js';
import { startSmtpSink, type SmtpSink } from '../../../tests/setup/smtp-sink.js';
import { checkMailbox, type CheckStep } from './check-mailbox.js';
import type { FrozenMail } from './frozen-mail.js';

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
});

const testMail: FrozenMail = {
  envelopeFrom: 'help@shop.example',
  recipients: ['help@shop.example'],
  messageId: '<check@shop.example>',
  date: new Date(0),
  from: { name: '', address: 'help@shop.example' },
  to: [{ name: '', address: 'help@shop.example' }],
  cc: [],
  references: [],
  subject: 'A test',
  text: 'It works',
  boundarySeed: 'check',
  attachments: [],
  headers: {},
};

const words = (steps: CheckStep[]): string[] =>
  steps.map(({ step, state, trouble }) =>
    [step, state, trouble?.code].filter((word) => word !== undefined).join(' '),
  );

describe.skipIf(!hasDovecot)('checking a mailbox', () => {
  let dovecot: Dovecot;
  let sink: SmtpSink;
  beforeAll(async () => {
    dovecot = await startDovecot({ tls: true });
    sink = await startSmtpSink({ auth: { user: 'help', password: 'secret' } });
  });
  afterAll(() => Promise.all([dovecot.stop(), sink.stop()]));

  const imap = () => ({
    host: '127.0.0.1',
    port: dovecot.port,
    secure: 'none' as const,
    user: 'help',
    password: 'secret',
  });
  const smtp = () => ({
    host: '127.0.0.1',
    port: sink.port,
    secure: 'none' as const,
    user: 'help',
    password: 'secret',
  });

  it('tells each step as it is done', async () => {
    const told: CheckStep[] = [];
    const result = await checkMailbox(
      { imap: imap(), smtp: smtp(), testMail },
      { onStep: (step) => told.push(step) },
    );
    expect(result).toEqual({ ok: true, steps: told });
    expect(words(told)).toEqual([
      'dns ok',
      'connect ok',
      'tls skipped',
      'sign-in ok',
      'folder ok',
      'smtp-connect ok',
      'smtp-sign-in ok',
      'send ok',
    ]);
    expect(sink.mails).toHaveLength(1);
  });

  it('finds a host that does not exist', async () => {
    const { ok, steps } = await checkMailbox({ imap: { ...imap(), host: 'nowhere.invalid' } });
    expect(ok).toBe(false);
    expect(words(steps)[0]).toBe('dns failed host-not-found');
    expect(words(steps).slice(1)).not.toContainEqual(expect.stringMatching(/ok|failed/));
  });

  it('finds a wrong password on either side', async () => {
    const wrong = { password: 'wr0ng-one' };
    const { steps } = await checkMailbox({ imap: { ...imap(), ...wrong }, smtp: { ...smtp(), ...wrong } });
    expect(words(steps)).toEqual([
      'dns ok',
      'connect ok',
      'tls ok',
      'sign-in failed wrong-password',
      'folder skipped',
      'smtp-connect ok',
      'smtp-sign-in failed wrong-password',
      'send skipped',
    ]);
    expect(JSON.stringify(steps)).not.toContain('wr0ng-one');
  });

  it('finds a folder missing', async () => {
    const { steps } = await checkMailbox({ imap: { ...imap(), folder: 'Nowhere' } });
    expect(words(steps)).toContain('folder failed folder-missing');
  });

  it('finds a certificate that does not hold, and takes it when told to', async () => {
    const secure = { ...imap(), port: dovecot.tlsPort, secure: 'tls' as const };
    expect(words((await checkMailbox({ imap: secure })).steps)).toContain('tls failed tls-certificate');
    const starttls = { ...imap(), secure: 'starttls' as const };
    expect(words((await checkMailbox({ imap: starttls })).steps)).toContain('tls failed tls-certificate');
    const lax = await checkMailbox({ imap: { ...secure, tls: { rejectUnauthorized: false } } });
    expect(words(lax.steps)).toContain('tls ok');
    expect(lax.ok).toBe(true);
    expect((await checkMailbox({ imap: { ...starttls, tls: { rejectUnauthorized: false } } })).ok).toBe(true);
  });

  it('finds TLS spoken to a port without it, and a closed port', async () => {
    const mistaken = await checkMailbox({
      imap: { ...imap(), secure: 'tls' },
      smtp: { ...smtp(), secure: 'tls' },
    });
    expect(words(mistaken.steps)).toContain('tls failed tls-unavailable');
    expect(words(mistaken.steps)).toContain('smtp-connect failed tls-unavailable');
    const closed = await freePort();
    const { steps } = await checkMailbox({
      imap: { ...imap(), port: closed },
      smtp: { ...smtp(), port: closed },
    });
    expect(words(steps)).toContain('connect failed refused');
    expect(words(steps)).toContain('smtp-connect failed refused');
  });

  it('finds a server that does not send for us', async () => {
    const picky = await startSmtpSink();
    cleanups.push(picky.stop);
    picky.script({ '*': '550' });
    const { host, port, secure } = { ...smtp(), port: picky.port };
    const { ok, steps } = await checkMailbox({ smtp: { host, port, secure }, testMail });
    expect(ok).toBe(false);
    expect(words(steps).slice(-3)).toEqual([
      'smtp-connect ok',
      'smtp-sign-in skipped',
      'send failed unknown',
    ]);
    expect(steps.at(-1)?.trouble?.raw).toContain('scripted for help@shop.example');
  });
});
