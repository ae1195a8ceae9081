import {
  changeAccount,
  errors,
  isError,
  listAccounts,
  type ChannelAccount,
  type CorePermission,
  type DeskContext,
  type Toolbox,
} from '@helpdesk/core';
import { readMailboxConfig } from '../channel/mailbox-config.js';
import { configOfForm, formOfConfig, LetterForm, unknownIn, type LetterFields } from './letter-form.js';
import { presentLetter, type Shown } from './present-letter.js';

const MANAGE = { permission: 'mailboxes.manage' } as const satisfies { permission: CorePermission };
const PATH = '/desk/email/letters';

/** How the letters of each mailbox look: the sender's name, greeting, signature, what stands below an answer. */
export function registerLetters({
  desk,
  nav,
}: Pick<Toolbox<unknown, unknown, unknown, unknown, never>, 'desk' | 'nav'>): void {
  nav({ place: 'admin', key: 'letters', label: 'email.letters.title', icon: 'mail', href: PATH, ...MANAGE });
  desk.get('/letters', MANAGE, listLetters);
  desk.get('/letters/:id', MANAGE, openLetters);
  desk.post('/letters/:id', MANAGE, saveLetters);
}

async function listLetters(ctx: DeskContext): Promise<void> {
  const accounts = await listAccounts(ctx.db, { channel: 'email' });
  const rows = accounts.map(({ id, name, address }) => ({ href: `${PATH}/${id}`, name, address }));
  await ctx.render('email/letters', { rows });
}

/** @throws ACCOUNT_UNKNOWN, also for one that was removed or is no mailbox */
async function mailboxOf(ctx: DeskContext): Promise<ChannelAccount> {
  const text = ctx.params['id'] ?? '';
  const account = (await listAccounts(ctx.db, { channel: 'email' })).find(({ id }) => String(id) === text);
  if (!account) throw errors.ACCOUNT_UNKNOWN({ accountId: text });
  return account;
}

async function openLetters(ctx: DeskContext): Promise<void> {
  const account = await mailboxOf(ctx);
  await show(ctx, account, { typed: formOfConfig(readMailboxConfig(account)) });
}

async function saveLetters(ctx: DeskContext): Promise<void> {
  const account = await mailboxOf(ctx);
  const form = await ctx.readForm(LetterForm);
  if (!form.ok) return show(ctx, account, { ...form, status: 422 });
  const { value } = form;
  const unknown = unknownIn(value);
  if (unknown.size > 0) return show(ctx, account, { typed: typedOf(value), unknown, status: 422 });
  if (value.preview !== undefined) return show(ctx, account, { typed: typedOf(value) });
  try {
    await changeAccount(ctx.app, {
      accountId: account.id,
      fields: { config: { ...account.config, ...configOfForm(value) } },
      expectedVersion: value.version,
      actor: ctx.actor,
    });
  } catch (error) {
    if (!isError(error, 'TICKET_CHANGED')) throw error;
    return show(ctx, account, { typed: typedOf(value), isConflict: true, status: 409 });
  }
  ctx.flash({ text: ctx.t('email.letters.saved') });
  ctx.redirect(`${PATH}/${account.id}`);
}

const typedOf = ({ version: _version, preview: _preview, ...fields }: LetterForm): LetterFields => fields;

async function show(
  ctx: DeskContext,
  account: ChannelAccount,
  { status = 200, ...shown }: Shown & { status?: number },
): Promise<void> {
  const page = presentLetter(ctx, account, shown);
  await ctx.render('email/letter', { ...page, action: `${PATH}/${account.id}`, listUrl: PATH }, { status });
}
