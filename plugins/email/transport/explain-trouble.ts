import type { MailTrouble, MailTroubleCode } from './mail-trouble.js';

export interface TroubleContext {
  protocol: 'imap' | 'smtp';
  /** Blanked wherever they occur in the server's words. */
  secrets?: string[];
}

/** Name what an IMAP, SMTP, TLS or DNS error means for the owner of the mailbox. Never throws. */
export function explainTrouble(error: unknown, context: TroubleContext): MailTrouble {
  const facts = readError(error);
  const code = byWords(facts) ?? bySystemCode(facts, context) ?? byKind(facts) ?? 'unknown';
  return { code, raw: plainLine(facts.words, context.secrets ?? []) };
}

interface ErrorFacts {
  codes: string[];
  words: string;
  responseCode: number;
  authenticationFailed: boolean;
  mailboxMissing: boolean;
  command: string;
}

const TEXT_FIELDS = ['response', 'responseText', 'serverResponseCode', 'reason', 'message'];

function readError(error: unknown): ErrorFacts {
  const chain = causes(error);
  const texts = chain.flatMap((link) => TEXT_FIELDS.map((field) => textOf(link, field)));
  return {
    codes: chain
      .flatMap((link) => [textOf(link, 'code'), textOf(link, 'originalCode')])
      .filter((code) => code !== ''),
    words: withoutRepeats(texts.filter((text) => text !== '')).join(' '),
    responseCode: chain.map((link) => link['responseCode']).find((code) => typeof code === 'number') ?? 0,
    authenticationFailed: chain.some((link) => link['authenticationFailed'] === true),
    mailboxMissing: chain.some((link) => link['mailboxMissing'] === true),
    command: chain.map((link) => textOf(link, 'command')).find((command) => command !== '') ?? '',
  };
}

/** The error and what it says caused it, four deep at most; one that is no object becomes a message. */
function causes(error: unknown): Record<string, unknown>[] {
  const links: Record<string, unknown>[] = [];
  let next = error;
  while (isRecord(next) && links.length < 4) {
    links.push(next);
    const several = next['errors'];
    next = next['cause'] ?? next['_err'] ?? (Array.isArray(several) ? several[0] : undefined);
  }
  return links.length > 0 ? links : [{ message: String(error) }];
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function textOf(link: Record<string, unknown>, field: string): string {
  const value = link[field];
  return typeof value === 'string' ? value.slice(0, 2000) : '';
}

/** The library's message often ends with the server's response, which is there by itself already. */
function withoutRepeats(texts: string[]): string[] {
  return texts.filter(
    (text, index) => !texts.some((other, at) => at !== index && isPartOf(text, other, index > at)),
  );
}

function isPartOf(text: string, other: string, isLater: boolean): boolean {
  return other.includes(text) && (other !== text || isLater);
}

const WORDS: [RegExp, MailTroubleCode][] = [
  [
    /basic auth\w* (is )?disabled|AuthFailed:LogonDenied-BasicAuthBlocked|5\.7\.139|oauth2? (is )?required/i,
    'oauth-only',
  ],
  [
    /application[- ]specific password|app(lication)?[- ]password|5\.7\.9\b|InvalidSecondFactor|parol prilozheniya/i,
    'app-password-needed',
  ],
  [
    /imap[^.]{0,40}(disabled|not enabled|turned off|not allowed)|not enabled for imap|(enable|turn on) imap/i,
    'imap-disabled',
  ],
  [
    /too many (simultaneous |concurrent |login |imap |smtp )*(connections|sessions)|maximum number of connections|connection limit|\[LIMIT\]/i,
    'too-many-connections',
  ],
  [/OVERQUOTA|over ?quota|quota exceeded|mailbox (is )?full|4\.2\.2|5\.2\.2/i, 'quota'],
  [
    /PRIVACYREQUIRED|must issue a STARTTLS|STARTTLS (command )?(is )?(first|required)|requires? (a )?(secure|encrypted|TLS|SSL)|encryption required|plaintext authentication disallowed/i,
    'tls-required',
  ],
  [
    /relay(ing)? (access )?(is )?(denied|not permitted|prohibited)|relaying denied|unable to relay|not (owned|permitted|allowed) (by|to send|to relay)|sender address rejected/i,
    'relay-denied',
  ],
];

function byWords({ words, mailboxMissing }: ErrorFacts): MailTroubleCode | undefined {
  if (mailboxMissing) return 'folder-missing';
  return WORDS.find(([pattern]) => pattern.test(words))?.[1];
}

const SYSTEM: Record<string, MailTroubleCode> = {
  ENOTFOUND: 'host-not-found',
  EAI_AGAIN: 'host-not-found',
  EAI_FAIL: 'host-not-found',
  ENODATA: 'host-not-found',
  EDNS: 'host-not-found',
  ECONNREFUSED: 'refused',
  EHOSTUNREACH: 'blocked-port',
  ENETUNREACH: 'blocked-port',
  CONNECT_TIMEOUT: 'timeout',
  GREETING_TIMEOUT: 'timeout',
  UPGRADE_TIMEOUT: 'timeout',
  ETIMEOUT: 'timeout',
  ETIMEDOUT: 'timeout',
  CERT_HAS_EXPIRED: 'tls-certificate',
  CERT_NOT_YET_VALID: 'tls-certificate',
  CERT_SIGNATURE_FAILURE: 'tls-certificate',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'tls-certificate',
  SELF_SIGNED_CERT_IN_CHAIN: 'tls-certificate',
  UNABLE_TO_GET_ISSUER_CERT: 'tls-certificate',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'tls-certificate',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'tls-certificate',
  ERR_TLS_CERT_ALTNAME_INVALID: 'tls-certificate',
  HOSTNAME_MISMATCH: 'tls-certificate',
};

function bySystemCode(facts: ErrorFacts, { protocol }: TroubleContext): MailTroubleCode | undefined {
  const code = facts.codes.map((name) => SYSTEM[name]).find((known) => known !== undefined);
  // A mail server that never picks up is, where mail is sent, nearly always a hosting company closing the port.
  const neverPickedUp = code === 'timeout' && protocol === 'smtp' && facts.command === 'CONN';
  return neverPickedUp && /connection timeout/i.test(facts.words) ? 'blocked-port' : code;
}

function byKind({
  codes,
  words,
  responseCode,
  authenticationFailed,
}: ErrorFacts): MailTroubleCode | undefined {
  if (/self[- ]signed|certificate/i.test(words)) return 'tls-certificate';
  if (/wrong version number|ERR_SSL|packet length too long|STARTTLS/i.test(`${codes.join(' ')} ${words}`)) {
    return 'tls-unavailable';
  }
  if (authenticationFailed || codes.includes('EAUTH') || [535, 534, 538].includes(responseCode))
    return 'wrong-password';
  if (codes.includes('ETLS') || codes.includes('EPROTO')) return 'tls-unavailable';
  const lost = ['ECONNRESET', 'EPIPE', 'ECONNECTION', 'ESOCKET', 'EConnectionClosed', 'NoConnection'];
  if (codes.some((code) => lost.includes(code) || code.startsWith('ClosedAfterConnect')))
    return 'connection-lost';
  return undefined;
}

function plainLine(words: string, secrets: string[]): string {
  const forms = secrets.flatMap((secret) => [secret, Buffer.from(secret).toString('base64')]);
  const blanked = forms
    .filter((form) => form.length > 2)
    .reduce((text, form) => text.replaceAll(form, '***'), words);
  return blanked
    .replaceAll(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .trim()
    .slice(0, 500);
}
