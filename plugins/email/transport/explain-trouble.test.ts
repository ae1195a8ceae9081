import { describe, expect, it } from 'vitest';
import { explainTrouble } from './explain-trouble.js';
import type { MailTroubleCode } from './mail-trouble.js';

const sayings: [MailTroubleCode, string][] = [
  ['app-password-needed', '534-5.7.9 Application-specific password required. Learn more at'],
  ['app-password-needed', '535 5.7.8 Error: authentication failed: NEOBHODIM parol prilozheniya'],
  ['app-password-needed', '[ALERT] Application-specific password required: https://support.google.com/'],
  ['imap-disabled', '[ALERT] Your account is not enabled for IMAP use. Please visit your account settings'],
  ['imap-disabled', 'LOGIN No user mail access: IMAP is disabled by the owner'],
  ['oauth-only', '535 5.7.139 Authentication unsuccessful, basic authentication is disabled.'],
  ['too-many-connections', '[ALERT] Too many simultaneous connections. (Failure)'],
  ['too-many-connections', '421 4.7.0 Too many concurrent SMTP connections; please try again later.'],
  ['quota', '[OVERQUOTA] Quota exceeded (mailbox for user is full)'],
  ['quota', '552 5.2.2 Mailbox full'],
  ['tls-required', '530 5.7.0 Must issue a STARTTLS command first'],
  [
    'tls-required',
    '[PRIVACYREQUIRED] Plaintext authentication disallowed on non-secure (SSL/TLS) connections.',
  ],
  ['relay-denied', '554 5.7.1 <anna@example.com>: Relay access denied'],
  ['relay-denied', '553 5.7.1 Sender address rejected: not owned by auth user.'],
  ['unknown', '550 5.1.1 No such user here'],
];

const systemCodes: [MailTroubleCode, string][] = [
  ['host-not-found', 'ENOTFOUND'],
  ['host-not-found', 'EDNS'],
  ['refused', 'ECONNREFUSED'],
  ['timeout', 'GREETING_TIMEOUT'],
  ['blocked-port', 'ENETUNREACH'],
  ['tls-certificate', 'CERT_HAS_EXPIRED'],
  ['tls-certificate', 'ERR_TLS_CERT_ALTNAME_INVALID'],
  ['tls-unavailable', 'ERR_SSL_WRONG_VERSION_NUMBER'],
  ['connection-lost', 'ECONNRESET'],
  ['wrong-password', 'EAUTH'],
];

describe('what a mail server says', () => {
  it.each(sayings)('means %s: %s', (code, response) => {
    expect(explainTrouble({ response }, { protocol: 'imap' }).code).toBe(code);
  });

  it.each(systemCodes)('means %s when the system says %s', (code, name) => {
    const error = Object.assign(new Error('something went wrong'), { code: name });
    expect(explainTrouble(error, { protocol: 'imap' }).code).toBe(code);
  });

  it('is looked for in the causes of an error, and of several tried addresses', () => {
    const refused = Object.assign(new Error('connect'), { code: 'ECONNREFUSED' });
    const outer = new Error('no connection', { cause: new AggregateError([refused]) });
    expect(explainTrouble(outer, { protocol: 'imap' }).code).toBe('refused');
  });

  it('is, for a port of SMTP that never answers, that the port is closed on the way', () => {
    const error = Object.assign(new Error('Connection timeout'), { code: 'ETIMEDOUT', command: 'CONN' });
    expect(explainTrouble(error, { protocol: 'smtp' }).code).toBe('blocked-port');
    expect(explainTrouble(error, { protocol: 'imap' }).code).toBe('timeout');
  });

  it('is passed on in one bounded line, without the password in any form', () => {
    const encoded = Buffer.from('s3cret-word').toString('base64');
    const response = `535 no\r\nto s3cret-word or ${encoded} ${'x'.repeat(10_000)}`;
    const { raw } = explainTrouble({ response }, { protocol: 'smtp', secrets: ['s3cret-word'] });
    expect(raw).toMatch(/^535 no to \*\*\* or \*\*\* x+$/);
    expect(raw).toHaveLength(500);
  });

  it.each([undefined, null, 42, 'words', {}, []])('may be no error at all (%s)', (thing) => {
    expect(explainTrouble(thing, { protocol: 'imap' }).code).toBe('unknown');
  });
});
