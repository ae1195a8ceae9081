import type { NodemailerError, SMTPSentMessageInfo } from 'nodemailer';
import { explainTrouble } from './explain-trouble.js';
import type { FrozenMail } from './frozen-mail.js';
import type { MailTrouble } from './mail-trouble.js';

/**
 * `sent`: the server took responsibility (2xx). `retry`: it did not, and may later (4xx, or it never came to the
 * end of the message). `failed`: it never will (5xx). `uncertain`: the whole message may have arrived, but the
 * answer did not (who had been refused before is then not known either: one more try tells).
 */
export interface RecipientResult {
  address: string;
  state: 'sent' | 'retry' | 'failed' | 'uncertain';
  /** The SMTP reply code, when there was one. */
  code?: number;
  /** The server's words, one line, at most 500 characters. */
  text: string;
}

export interface SendResult {
  /** One for each of the mail's recipients, in their order. */
  recipients: RecipientResult[];
  /** What was wrong with the server or the account rather than with this mail, if that was it. */
  trouble?: MailTrouble;
}

type Outcome = Omit<RecipientResult, 'address'>;

export function allRecipients(mail: FrozenMail, outcome: Outcome): SendResult {
  return { recipients: mail.recipients.map((address) => ({ address, ...outcome })) };
}

/** The message was taken; some recipients may have been refused before it. */
export function readSuccess(mail: FrozenMail, info: SMTPSentMessageInfo): SendResult {
  const text = oneLine(info.response);
  return perRecipient(mail, info.rejectedErrors ?? [], { state: 'sent', code: codeOf(info.response), text });
}

export interface FailureContext {
  /** True when every byte of the message had been handed to the connection. */
  endOfDataMayBeOut: boolean;
  secrets: string[];
}

/** The message was not taken, or nobody knows. */
export function readFailure(mail: FrozenMail, error: unknown, context: FailureContext): SendResult {
  const trouble = explainTrouble(error, { protocol: 'smtp', secrets: context.secrets });
  const failure: NodemailerError = error instanceof Error ? error : new Error(String(error));
  const rest: Outcome = { state: stateOf(failure, context), code: failure.responseCode, text: trouble.raw };
  const result = perRecipient(mail, failure.rejectedErrors ?? [], rest);
  return isAboutMail(failure) ? result : { ...result, trouble };
}

function stateOf(failure: NodemailerError, { endOfDataMayBeOut }: FailureContext): Outcome['state'] {
  if (endOfDataMayBeOut && failure.responseCode === undefined) return 'uncertain';
  // Too big for what the server announced: nothing was tried, and no later try would help.
  if (failure.code === 'EMESSAGE' && failure.responseCode === undefined) return 'failed';
  return isAboutMail(failure) && failure.permanent === true ? 'failed' : 'retry';
}

/**
 * A refusal of this sender, these recipients or this message; the rest (sign-in, TLS, connection) is about the
 * account: 5xx there says nothing about the mail, which waits until it is put right.
 */
function isAboutMail({ code, responseCode }: NodemailerError): boolean {
  const wantsSignIn = responseCode !== undefined && [530, 534, 535, 538].includes(responseCode);
  return (code === 'EENVELOPE' || code === 'EMESSAGE') && responseCode !== 421 && !wantsSignIn;
}

function perRecipient(mail: FrozenMail, refusals: NodemailerError[], rest: Outcome): SendResult {
  const refused = new Map(refusals.map((refusal) => [sameAddress(refusal.recipient ?? ''), refusal]));
  return {
    recipients: mail.recipients.map((address) => {
      const refusal = refused.get(sameAddress(address));
      if (refusal === undefined) return { address, ...rest };
      const state = refusal.permanent === true ? 'failed' : 'retry';
      return {
        address,
        state,
        code: refusal.responseCode,
        text: oneLine(refusal.response ?? refusal.message),
      };
    }),
  };
}

/** The library may write a domain in lower case or Punycode; local parts it leaves alone. */
function sameAddress(address: string): string {
  const at = address.lastIndexOf('@');
  const domain = address.slice(at + 1);
  try {
    return `${address.slice(0, at)}@${new URL(`http://${domain}`).hostname}`;
  } catch {
    return `${address.slice(0, at)}@${domain.toLowerCase()}`;
  }
}

function codeOf(response: string): number | undefined {
  const code = Number(response.slice(0, 3));
  return Number.isInteger(code) && code > 0 ? code : undefined;
}

function oneLine(text: string): string {
  return text
    .replaceAll(/[\p{Cc}\s]+/gu, ' ')
    .trim()
    .slice(0, 500);
}
