import {
  changeAgent,
  changePassword,
  endSession,
  listSessions,
  orNone,
  ticked,
  type DeskContext,
  timeZoneOptions,
} from '@helpdesk/core';
import { z } from 'zod';

const Profile = z.object({
  name: z.string().trim().min(1).max(100),
  language: orNone(z.enum(['ru', 'en'])),
  timeZone: orNone(z.string().max(64)),
  signature: z.string().max(5000).default(''),
  density: z.enum(['comfortable', 'compact']).optional(),
  shortcuts: ticked(),
  newestFirst: ticked(),
});
const Password = z.object({
  oldPassword: z.string().max(256).default(''),
  password: z.string().max(256).default(''),
});
const Ended = z.object({ sessionId: z.coerce.number().int() });

/** One's own account: name, language, signature, password, and where one is signed in. */
export async function profilePage(ctx: DeskContext): Promise<void> {
  await show(ctx, stored(ctx));
}

/** The profile as it is, in the form's own fields. */
function stored({ agent }: DeskContext): Record<string, string> {
  const { name, language, timeZone, signature, preferences } = agent;
  return {
    name,
    language: language ?? '',
    timeZone: timeZone ?? '',
    signature,
    density: preferences.density ?? 'comfortable',
    ...(preferences.shortcuts === false ? {} : { shortcuts: 'on' }),
    ...(preferences.newestFirst ? { newestFirst: 'on' } : {}),
  };
}

export async function saveProfile(ctx: DeskContext): Promise<void> {
  const form = await ctx.readForm(Profile);
  if (!form.ok) return show(ctx, form.typed, form.problems);
  const { name, language, timeZone, signature, density, shortcuts, newestFirst } = form.value;
  const preferences = { shortcuts, newestFirst, ...(density ? { density } : {}) };
  const saved = await changeAgent(ctx.app, {
    agentId: ctx.agent.id,
    name,
    language,
    timeZone,
    signature,
    preferences,
    actor: ctx.actor,
  });
  if (!saved.ok) return show(ctx, await ctx.typed(), { [saved.field ?? 'name']: saved.because });
  ctx.flash({ text: ctx.t('desk.profile.saved'), tone: 'ok' });
  ctx.redirect('/desk/profile');
}

export async function savePassword(ctx: DeskContext): Promise<void> {
  const { oldPassword, password } = await ctx.form(Password);
  const done = await changePassword(ctx.app, {
    agentId: ctx.agent.id,
    oldPassword,
    password,
    sessionId: ctx.sessionId,
    company: ctx.app.company.name,
    actor: ctx.actor,
  });
  if (!done.ok) return show(ctx, stored(ctx), { [done.field ?? 'password']: done.because });
  ctx.flash({ text: ctx.t('desk.profile.passwordChanged'), tone: 'ok' });
  ctx.redirect('/desk/profile');
}

export async function endOneSession(ctx: DeskContext): Promise<void> {
  const { sessionId } = await ctx.form(Ended);
  await endSession(ctx.app, { sessionId, agentId: ctx.agent.id, actor: ctx.actor });
  ctx.redirect('/desk/profile');
}

async function show(
  ctx: DeskContext,
  values: Readonly<Record<string, string>>,
  problems: Readonly<Record<string, string>> = {},
): Promise<void> {
  const sessions = await listSessions(ctx.db, ctx.agent.id, ctx.now);
  const field = (name: string) => ({
    value: values[name] ?? '',
    ...(problems[name] ? { error: ctx.t(problems[name]) } : {}),
  });
  const choice = (name: string, options: readonly { value: string; label: string }[]) =>
    [{ value: '', label: ctx.t('desk.profile.asCompany') }, ...options].map((option) => ({
      ...option,
      selected: option.value === (values[name] ?? ''),
    }));
  await ctx.render(
    'desk/profile',
    {
      email: ctx.agent.email,
      name: field('name'),
      signature: field('signature'),
      shortcuts: Boolean(values['shortcuts']),
      newestFirst: Boolean(values['newestFirst']),
      languages: choice(
        'language',
        ['ru', 'en'].map((value) => ({ value, label: ctx.t(`desk.language.${value}`) })),
      ),
      zones: choice('timeZone', timeZoneOptions(ctx, values['timeZone'])),
      densities: ['comfortable', 'compact'].map((value) => ({
        value,
        label: ctx.t(`ui.list.${value}`),
        selected: value === (values['density'] ?? 'comfortable'),
      })),
      passwordError:
        problems['password'] || problems['oldPassword']
          ? ctx.t(problems['password'] ?? problems['oldPassword'] ?? '')
          : undefined,
      sessions: sessions.map((session) => ({ ...session, isCurrent: session.id === ctx.sessionId })),
      errors: Object.entries(problems).map(([name, key]) => ({
        id: `f-${name}`,
        label: ctx.t(`desk.profile.${name}`),
        message: ctx.t(key),
      })),
    },
    { status: Object.keys(problems).length > 0 ? 422 : 200 },
  );
}
