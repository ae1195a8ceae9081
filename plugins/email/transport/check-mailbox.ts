import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import type { ImapFlow } from 'imapflow';
import { withDeadline } from './deadline.js';
import { explainTrouble } from './explain-trouble.js';
import type { FrozenMail } from './frozen-mail.js';
import { connectImap } from './imap-connect.js';
import type { ImapSettings } from './imap-settings.js';
import type { MailTrouble } from './mail-trouble.js';
import type { SmtpSettings } from './smtp-options.js';
import { createSender } from './smtp-sender.js';
import { stepOf } from './step-of.js';

export type CheckStepName =
  | 'dns'
  | 'connect'
  | 'tls'
  | 'sign-in'
  | 'folder'
  | 'smtp-connect'
  | 'smtp-sign-in'
  | 'send';

export interface CheckStep {
  step: CheckStepName;
  state: 'ok' | 'failed' | 'skipped';
  trouble?: MailTrouble;
}

export interface MailboxSettings {
  /** Absent: nothing is received. */
  imap?: ImapSettings & { folder?: string };
  /** Absent: nothing is sent. */
  smtp?: SmtpSettings;
  /** A mail to try the sending with; absent: nothing is sent. */
  testMail?: FrozenMail;
}

export interface CheckResult {
  ok: boolean;
  steps: CheckStep[];
}

/**
 * Try everything a mailbox needs, step by step, and say where it fails and why. Receiving and sending are tried
 * apart: one may work without the other. Never rejects; takes about two minutes at most.
 */
export async function checkMailbox(
  settings: MailboxSettings,
  { onStep }: { onStep?: (step: CheckStep) => void } = {},
): Promise<CheckResult> {
  const steps: CheckStep[] = [];
  const tell: Tell = (step, state, trouble) => {
    const told = trouble === undefined ? { step, state } : { step, state, trouble };
    steps.push(told);
    onStep?.(told);
  };
  await checkReceiving(settings.imap, tell);
  await checkSending(settings, tell);
  return { ok: steps.every(({ state }) => state !== 'failed'), steps };
}

type Tell = (step: CheckStepName, state: CheckStep['state'], trouble?: MailTrouble) => void;

const RECEIVING: CheckStepName[] = ['dns', 'connect', 'tls', 'sign-in', 'folder'];
const SENDING: CheckStepName[] = ['smtp-connect', 'smtp-sign-in', 'send'];

/** Every step before the failed one went well, every one after it was not tried. */
function tellFailure(all: CheckStepName[], failed: CheckStepName, trouble: MailTrouble, tell: Tell): void {
  const at = all.indexOf(failed);
  for (const step of all.slice(0, at)) tell(step, 'ok');
  tell(failed, 'failed', trouble);
  for (const step of all.slice(at + 1)) tell(step, 'skipped');
}

async function checkReceiving(imap: MailboxSettings['imap'], tell: Tell): Promise<void> {
  if (imap === undefined) return RECEIVING.forEach((step) => tell(step, 'skipped'));
  const explain = (error: unknown): MailTrouble =>
    explainTrouble(error, { protocol: 'imap', secrets: [imap.password] });
  try {
    if (isIP(imap.host) === 0) await lookup(imap.host);
  } catch (error) {
    return tellFailure(RECEIVING, 'dns', explain(error), tell);
  }
  tell('dns', 'ok');
  const rest = RECEIVING.slice(1);
  let client: ImapFlow | undefined;
  try {
    client = await connectImap(imap);
    await openFolder(client, imap.folder ?? 'INBOX');
    for (const step of rest) tell(step, step === 'tls' && imap.secure === 'none' ? 'skipped' : 'ok');
  } catch (error) {
    const trouble = explain(error);
    tellFailure(rest, client === undefined ? stepOf(trouble.code) : 'folder', trouble, tell);
  } finally {
    client?.close();
  }
}

async function openFolder(client: ImapFlow, folder: string): Promise<void> {
  try {
    await withDeadline(client.mailboxOpen(folder), { ms: 30_000, what: 'opening the folder' });
  } catch (error) {
    if (!client.usable) throw error;
    throw Object.assign(new Error('the folder cannot be opened', { cause: error }), { mailboxMissing: true });
  }
}

async function checkSending({ smtp, testMail }: MailboxSettings, tell: Tell): Promise<void> {
  if (smtp === undefined) return SENDING.forEach((step) => tell(step, 'skipped'));
  const secrets = smtp.password === undefined ? [] : [smtp.password];
  const sender = createSender(smtp);
  try {
    await sender.verify();
    for (const step of SENDING.slice(0, 2))
      tell(step, step === 'smtp-sign-in' && smtp.user === undefined ? 'skipped' : 'ok');
    if (testMail === undefined) return tell('send', 'skipped');
    const { recipients, trouble } = await sender.send(testMail);
    const refused = recipients.find(({ state }) => state !== 'sent');
    if (refused === undefined) return tell('send', 'ok');
    return tell(
      'send',
      'failed',
      trouble ?? explainTrouble(new Error(refused.text), { protocol: 'smtp', secrets }),
    );
  } catch (error) {
    const trouble = explainTrouble(error, { protocol: 'smtp', secrets });
    return tellFailure(
      SENDING,
      stepOf(trouble.code) === 'sign-in' ? 'smtp-sign-in' : 'smtp-connect',
      trouble,
      tell,
    );
  } finally {
    sender.close();
  }
}
