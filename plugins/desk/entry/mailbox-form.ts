import type { BaseContext } from '@helpdesk/core';
import type { MailboxGuess, MailboxSettings, MailboxSetup, MailboxStep } from '@helpdesk/core/contracts';
import { z } from 'zod';

const port = z.union([z.literal(''), z.coerce.number().int().min(1).max(65535)]).default('');
const secure = z.enum(['tls', 'starttls', 'none']).default('tls');

/** A mailbox as a form gives it; the servers may be left empty where the provider is known. */
export const MailboxForm = z.object({
  address: z.email(),
  user: z.string().max(320).default(''),
  password: z.string().max(1000).default(''),
  folder: z.string().max(200).default(''),
  imapHost: z.string().trim().max(255).default(''),
  imapPort: port,
  imapSecure: secure,
  smtpHost: z.string().trim().max(255).default(''),
  smtpPort: port,
  smtpSecure: secure,
  anyway: z.string().optional(),
});
export type MailboxForm = z.infer<typeof MailboxForm>;

/** @returns undefined when the servers are neither typed nor known for this address */
export async function settingsOf(
  setup: MailboxSetup,
  form: MailboxForm,
): Promise<MailboxSettings | undefined> {
  const { address, user, password, folder, imapHost, smtpHost } = form;
  const base = { address, password, ...(user ? { user } : {}), ...(folder ? { folder } : {}) };
  if (imapHost && smtpHost)
    return {
      ...base,
      imap: { host: imapHost, port: form.imapPort || 993, secure: form.imapSecure },
      smtp: { host: smtpHost, port: form.smtpPort || 465, secure: form.smtpSecure },
    };
  const guess = await setup.recognise(address);
  return guess ? { ...base, imap: guess.imap, smtp: guess.smtp } : undefined;
}

/** What was recognised as it stands in the fields, so that it can be corrected. */
export function withServers(
  typed: Readonly<Record<string, string>>,
  { imap, smtp }: Pick<MailboxSettings, 'imap' | 'smtp'>,
): Record<string, string> {
  return {
    ...typed,
    isOpen: '1',
    imapHost: imap.host,
    imapPort: String(imap.port),
    imapSecure: imap.secure,
    smtpHost: smtp.host,
    smtpPort: String(smtp.port),
    smtpSecure: smtp.secure,
  };
}

/** The provider of an address when its own servers are those of the form; what it asks for is of no use elsewhere. */
export async function providerOf(
  setup: MailboxSetup,
  { address, imap }: Pick<MailboxSettings, 'address' | 'imap'>,
): Promise<MailboxGuess | null> {
  const guess = await setup.recognise(address);
  return guess?.imap.host === imap.host ? guess : null;
}

/** What the owner has to do at the provider first, as `desk/entry/provider` prints it. */
export function presentProvider(
  { t }: Pick<BaseContext, 't'>,
  guess: MailboxGuess | null,
): Record<string, unknown> | undefined {
  if (!guess) return undefined;
  const { name, hint, helpUrl } = guess;
  // A guess from names of hosts has neither a hint nor a page about it.
  const key = hint ?? (helpUrl ? 'known' : 'guess');
  return {
    title: t(`desk.mailbox.${key === 'guess' ? 'domain' : 'provider'}`, { name }),
    text: t(`desk.mailbox.hint.${key}`),
    helpUrl,
    help: helpUrl ? t(`desk.mailbox.help.${hint ?? 'known'}`) : undefined,
    isWarning: hint !== null,
  };
}

/** The fields with what was typed and what is wrong with them. A password is never printed. */
export function presentMailboxForm(
  { t }: Pick<BaseContext, 't'>,
  {
    typed,
    problems = {},
  }: { typed: Readonly<Record<string, string>>; problems?: Readonly<Record<string, string>> },
): Record<string, unknown> {
  const field = (name: string, fallback = '') => ({
    value: typed[name] ?? fallback,
    ...(problems[name] ? { error: t(problems[name]) } : {}),
  });
  const secureOptions = (chosen: string) =>
    ['tls', 'starttls', 'none'].map((value) => ({
      value,
      label: t(`desk.mailbox.secure.${value}`),
      selected: value === chosen,
    }));
  return {
    address: field('address'),
    password: problems['password'] ? { error: t(problems['password']) } : {},
    user: field('user'),
    folder: field('folder'),
    imapHost: field('imapHost'),
    imapPort: field('imapPort', '993'),
    imapSecure: secureOptions(typed['imapSecure'] ?? 'tls'),
    smtpHost: field('smtpHost'),
    smtpPort: field('smtpPort', '465'),
    smtpSecure: secureOptions(typed['smtpSecure'] ?? 'tls'),
    isOpen: Boolean(typed['isOpen'] || typed['imapHost'] || typed['smtpHost']),
    errors: Object.entries(problems).map(([name, key]) => ({
      id: `f-${name}`,
      label: t(`desk.mailbox.field.${name}`),
      message: t(key),
    })),
  };
}

/** What was tried, in the owner's words: what happened, what to do, and the server's own words folded. */
export function presentSteps(
  { t }: Pick<BaseContext, 't'>,
  steps: readonly MailboxStep[],
): Record<string, unknown>[] {
  return steps.map(({ step, state, trouble }) => ({
    text: t(`desk.mailbox.${state === 'failed' ? 'notStep' : 'step'}.${step}`),
    isOk: state === 'ok',
    isFailed: state === 'failed',
    isSkipped: state === 'skipped',
    ...(trouble ? { cause: t(`desk.mailbox.trouble.${trouble.code}`), raw: trouble.raw } : {}),
  }));
}
