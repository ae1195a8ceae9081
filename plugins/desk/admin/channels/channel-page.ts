import {
  addAccount,
  changeAccount,
  errors,
  isError,
  listLines,
  whole,
  type AccountCheck,
  type Channel,
  type ChannelAccount,
  type ChannelSetup,
  type DeskContext,
} from '@helpdesk/core';
import { z } from 'zod';
import { asStored, type FormState } from '../form-fields.js';
import { readValues, sealSecrets, type ChannelValues } from './read-values.js';
import { showChannel } from './show-channel.js';

const Form = z.object({
  name: z.string().trim().max(100).default(''),
  lineId: whole().positive(),
  version: whole().positive().optional(),
  sealed: z.string().max(20_000).default(''),
  do: z.enum(['check', 'save']).default('save'),
});
type Form = z.infer<typeof Form>;

/** Connecting an account of a channel: what is needed is pasted, the provider is asked, its name is shown, it is kept. */
export function channelPages({
  path,
  findOpen,
}: {
  path: string;
  findOpen(ctx: DeskContext): Promise<ChannelAccount>;
}) {
  async function save(ctx: DeskContext, channel: Channel, account?: ChannelAccount): Promise<void> {
    const setup = setupOf(channel);
    const typed = await ctx.typed();
    const form = await ctx.readForm(Form);
    const values = readValues(ctx, { fields: setup.fields, typed, sealed: typed['sealed'] ?? '' });
    const shown = (state: FormState, more: Omit<Parameters<typeof showChannel>[2], 'state'> = {}) =>
      showChannel(
        ctx,
        { channel, setup, account, path },
        {
          state,
          sealed: sealSecrets(ctx, values.secrets),
          version: Number(typed['version']) || account?.version,
          ...more,
        },
      );
    const problems = { ...(form.ok ? {} : form.problems), ...values.problems };
    if (!form.ok || Object.keys(problems).length > 0) return shown({ typed, problems });
    const known = (await listLines(ctx.db)).some(({ id }) => id === form.value.lineId);
    if (!known) return shown({ typed, problems: { lineId: 'core.line.unknown' } });
    const about = account ? { accountId: account.id } : {};
    const checked = await setup.check({ ...values.plain, ...values.secrets }, about);
    if (!checked.ok) return refuse(checked, { typed, shown, ctx });
    if (form.value.do === 'check') return shown(asStored(typed), { checked });
    const accountId = await keep(ctx, { channel, account, form: form.value, values, checked }).catch(
      (error: unknown) => {
        if (isError(error, 'TICKET_CHANGED')) return undefined;
        throw error;
      },
    );
    if (accountId === undefined) return shown(asStored(typed), { isConflict: true });
    ctx.flash({ text: ctx.t('desk.admin.saved') });
    ctx.redirect(setup.after && !account ? `${path}/${accountId}` : path);
  }

  return {
    openNew(ctx: DeskContext) {
      const channel = channelOf(ctx);
      const setup = setupOf(channel);
      return showChannel(ctx, { channel, setup, path }, { state: asStored(usualValues(setup)) });
    },
    add: (ctx: DeskContext) => save(ctx, channelOf(ctx)),
    async openOne(ctx: DeskContext) {
      const account = await findOpen(ctx);
      const channel = channelOf(ctx, account.channel);
      const setup = setupOf(channel);
      const stored = Object.entries(account.config).map(([name, value]) => [`c-${name}`, typedOf(value)]);
      const typed = { name: account.name, lineId: String(account.lineId), ...Object.fromEntries(stored) };
      await showChannel(
        ctx,
        { channel, setup, account, path },
        { state: asStored(typed), version: account.version },
      );
    },
    async change(ctx: DeskContext) {
      const account = await findOpen(ctx);
      await save(ctx, channelOf(ctx, account.channel), account);
    },
  };
}

/** @throws NOT_FOUND for a channel that is off */
function channelOf({ app, params }: DeskContext, id = params['channel'] ?? ''): Channel {
  const channel = app.channels.get(id);
  if (!channel) throw errors.NOT_FOUND();
  return channel;
}

function setupOf({ setup }: Channel): ChannelSetup {
  if (!setup) throw errors.NOT_FOUND();
  return setup;
}

const usualValues = ({ fields }: ChannelSetup) =>
  Object.fromEntries(
    Object.entries(fields).map(([name, field]) => [
      `c-${name}`,
      typedOf((field as { default: unknown }).default),
    ]),
  );

const typedOf = (value: unknown): string | readonly string[] => {
  if (Array.isArray(value)) return value.map(String);
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : '';
};

function refuse(
  { field, because, values }: Extract<AccountCheck, { ok: false }>,
  {
    ctx,
    typed,
    shown,
  }: {
    ctx: DeskContext;
    typed: Readonly<Record<string, string>>;
    shown(state: FormState, more?: { message?: string }): Promise<void>;
  },
): Promise<void> {
  const message = ctx.t(because, values);
  if (field === undefined) return shown(asStored(typed), { message });
  return shown({ typed, problems: { [`c-${field}`]: message } });
}

async function keep(
  ctx: DeskContext,
  {
    channel,
    account,
    form,
    values,
    checked,
  }: {
    channel: Channel;
    account: ChannelAccount | undefined;
    form: Form;
    values: ChannelValues;
    checked: Extract<AccountCheck, { ok: true }>;
  },
): Promise<number> {
  const { actor } = ctx;
  const name = form.name || checked.name;
  const { address } = checked;
  const { lineId } = form;
  const config = { ...account?.config, ...values.plain, ...checked.config };
  if (!account)
    return addAccount(ctx.app, {
      channel: channel.id,
      lineId,
      name,
      address,
      config,
      secrets: values.secrets,
      actor,
    });
  await changeAccount(ctx.app, {
    accountId: account.id,
    fields: {
      lineId,
      name,
      address,
      config,
      ...(Object.keys(values.secrets).length > 0 ? { secrets: values.secrets } : {}),
    },
    ...(form.version ? { expectedVersion: form.version } : {}),
    actor,
  });
  return account.id;
}
