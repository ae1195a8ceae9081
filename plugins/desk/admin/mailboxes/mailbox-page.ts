import { errors, isError, listAccounts, listLines, whole, type DeskContext } from '@helpdesk/core';
import type { MailboxGuess, MailboxSetup, MailboxStep, MailServer } from '@helpdesk/core/contracts';
import {
  MailboxForm,
  presentProvider,
  presentSteps,
  providerOf,
  settingsOf,
  withServers,
} from '../../entry/mailbox-form.js';
import { z } from 'zod';
import type { DeskTools } from '../../tools.js';
import { asStored, presentForm, type FormState } from '../form-fields.js';
import { pathId } from '../path-id.js';
import { renderSettings } from '../render-settings.js';

const PATH = '/desk/settings/mailboxes';
const schema = MailboxForm.extend({
  name: z.string().trim().min(1).max(100),
  lineId: whole().positive(),
  version: whole().positive().optional(),
  do: z.enum(['check', 'recognise']).default('check'),
});

interface Shown {
  accountId?: number | undefined;
  version?: number | undefined;
  /** What was tried, when the mail servers said no. */
  steps?: readonly MailboxStep[] | undefined;
  provider?: MailboxGuess | null | undefined;
  /** The servers were looked for and nothing is known of them. */
  isUnknown?: boolean;
  isConflict?: boolean;
}

/** Connecting a mailbox and changing one; everything is tried before it is stored. */
export function mailboxPages({ services }: Pick<DeskTools, 'services'>) {
  const setupOf = (): MailboxSetup => {
    if (!services.mailboxSetup) throw errors.NOT_FOUND();
    return services.mailboxSetup;
  };

  async function open(ctx: DeskContext, accountId?: number): Promise<void> {
    const setup = setupOf();
    if (accountId === undefined) return show(ctx, asStored(), {});
    const account = (await listAccounts(ctx.db)).find(({ id }) => id === accountId);
    if (!account) throw errors.ACCOUNT_UNKNOWN({ accountId });
    const { user = '', folder = '', imap, smtp, address } = await setup.read(accountId);
    const typed = { name: account.name, lineId: String(account.lineId), address, user, folder };
    const servers = { ...serverFields('imap', imap), ...serverFields('smtp', smtp) };
    await show(ctx, asStored({ ...typed, ...servers }), { accountId, version: account.version });
  }

  async function save(ctx: DeskContext, accountId?: number): Promise<void> {
    const setup = setupOf();
    const form = await ctx.readForm(schema);
    const typed = await ctx.typed();
    const version = Number(typed['version']) || undefined;
    if (!form.ok) return show(ctx, form, { accountId, version });
    const { name, lineId, anyway } = form.value;
    const known = (await listLines(ctx.db)).some(({ id }) => id === lineId);
    if (!known)
      return show(ctx, { typed, problems: { lineId: 'core.line.unknown' } }, { accountId, version });
    const place = { accountId, version };
    if (form.value.do === 'recognise') {
      const provider = await setup.recognise(form.value.address);
      if (!provider) return show(ctx, asStored(typed), { ...place, isUnknown: true });
      return show(ctx, asStored(withServers(typed, provider)), { ...place, provider });
    }
    const settings = await settingsOf(setup, form.value);
    if (!settings)
      return show(
        ctx,
        { typed, problems: { imapHost: 'core.form.required', smtpHost: 'core.form.required' } },
        place,
      );
    if (anyway === undefined) {
      const { ok, steps } = await setup.check(settings, accountId === undefined ? {} : { accountId });
      if (!ok)
        return show(ctx, asStored(withServers(typed, settings)), {
          ...place,
          steps,
          provider: await providerOf(setup, settings),
        });
    }
    const stored = { ...settings, name, lineId, actor: ctx.actor };
    try {
      if (accountId === undefined) await setup.add(stored);
      else await setup.change(accountId, { ...stored, ...(version ? { expectedVersion: version } : {}) });
    } catch (error) {
      if (isError(error, 'FORM_INVALID'))
        return show(
          ctx,
          { typed, problems: error.details['problems'] as Record<string, string> },
          { accountId, version },
        );
      if (!isError(error, 'TICKET_CHANGED')) throw error;
      const now = (await listAccounts(ctx.db)).find(({ id }) => id === accountId)?.version;
      return show(ctx, asStored(typed), { accountId, version: now, isConflict: true });
    }
    ctx.flash({ text: ctx.t('desk.admin.saved') });
    ctx.redirect(PATH);
  }

  return {
    openNew: (ctx: DeskContext) => open(ctx),
    add: (ctx: DeskContext) => save(ctx),
    openOne: (ctx: DeskContext) => open(ctx, pathId(ctx)),
    change: (ctx: DeskContext) => save(ctx, pathId(ctx)),
  };
}

const serverFields = (kind: 'imap' | 'smtp', { host, port, secure }: MailServer) => ({
  [`${kind}Host`]: host,
  [`${kind}Port`]: String(port),
  [`${kind}Secure`]: secure,
});

async function show(
  ctx: DeskContext,
  state: FormState,
  { accountId, version, steps, provider = null, isUnknown, isConflict }: Shown,
): Promise<void> {
  const lines = (await listLines(ctx.db)).map(({ id, name }) => ({ value: String(id), label: name }));
  const secure = ['tls', 'starttls', 'none'].map((value) => ({ value, label: value.toUpperCase() }));
  const label = (name: string) => `desk.admin.mailboxes.field.${name}`;
  const server = (kind: string) => [
    { name: `${kind}Host`, label: label(`${kind}Host`), optional: true, maxlength: 255 },
    { name: `${kind}Port`, label: label('port'), kind: 'number', min: 1, max: 65_535 },
    { name: `${kind}Secure`, label: label('secure'), kind: 'select', options: secure },
  ];
  const form = presentForm(ctx, state, [
    { name: 'name', label: label('name'), required: true, maxlength: 100 },
    { name: 'address', label: label('address'), kind: 'email', required: true, maxlength: 254 },
    { name: 'password', label: label('password'), kind: 'secret', isSet: accountId !== undefined },
    { name: 'lineId', label: label('line'), kind: 'select', options: lines },
    { name: 'user', label: label('user'), optional: true, maxlength: 320 },
    { name: 'folder', label: label('folder'), optional: true, maxlength: 200 },
    ...server('imap'),
    ...server('smtp'),
  ]);
  const status = form.errors.length > 0 || steps || isUnknown ? 422 : isConflict ? 409 : 200;
  await renderSettings(
    ctx,
    { view: 'mailbox', status },
    {
      heading: ctx.t(accountId === undefined ? 'desk.admin.mailboxes.new' : 'desk.admin.mailboxes.edit'),
      form,
      checked: steps && presentSteps(ctx, steps),
      provider: presentProvider(ctx, provider),
      isUnknown,
      isConflict,
      version,
      action: accountId === undefined ? PATH : `${PATH}/${accountId}`,
    },
  );
}
