import {
  isSetUp,
  isSetupCode,
  setUpCompany,
  signIn,
  type PublicDeskContext,
  isTimeZone,
  timeZoneOptions,
} from '@helpdesk/core';
import { z } from 'zod';
import { moveSetup, openStep } from './setup-progress.js';

const COOKIE = 'hd-setup';
const HOUR_MS = 3_600_000;

const Company = z.object({
  company: z.string().trim().min(1).max(100),
  language: z.enum(['ru', 'en']),
  timeZone: z.string().refine(isTimeZone, 'core.form.choice'),
  accent: z.enum(['pine', 'blue', 'plum', 'brick', 'graphite']).default('pine'),
  name: z.string().trim().min(1).max(100),
  email: z.email(),
  password: z.string().min(1).max(256),
});

const accents = { pine: '#17624a', blue: '#1f55b5', plum: '#7a3379', brick: '#a33f1f', graphite: '#3a3833' };

/** Step 1 of the setup, for whoever can see the machine: the address with the code is printed at the start. */
export async function setupPage(ctx: PublicDeskContext): Promise<void> {
  if (await isSetUp(ctx.app)) return ctx.redirect(`/desk/setup/${openStep(ctx.app) ?? 'mailbox'}`);
  if (!(await holdsCode(ctx))) return ctx.render('desk/setup-code', {}, { status: 403 });
  const { language } = ctx.query;
  if (language === 'ru' || language === 'en') {
    // This visit's words are chosen already; the next one speaks the language.
    ctx.setCookie('hd-language', language, { maxAgeMs: HOUR_MS });
    return ctx.redirect('/desk/setup');
  }
  await show(ctx, { language: ctx.language, timeZone: guessZone(ctx.language) }, {}, ['desk/guess-zone.js']);
}

export async function setUpNow(ctx: PublicDeskContext): Promise<void> {
  if (await isSetUp(ctx.app)) return ctx.redirect('/desk/sign-in');
  if (!(await holdsCode(ctx))) return ctx.render('desk/setup-code', {}, { status: 403 });
  const form = await ctx.readForm(Company);
  if (!form.ok) return show(ctx, form.typed, form.problems);
  const { company, language, timeZone, accent, name, email, password } = form.value;
  const made = await setUpCompany(ctx.app, {
    company,
    language,
    timeZone,
    accent,
    owner: { name, email, password },
    door: 'setup',
  });
  if (!made.ok) return show(ctx, await ctx.typed(), { [made.field ?? 'password']: made.because });
  const signed = await signIn(ctx.app, { email, password, ip: ctx.ip, device: ctx.userAgent });
  await moveSetup(ctx.app, 'mailbox', { kind: 'agent', id: made.agent.id, door: 'setup' });
  if (signed.ok) ctx.startSession(signed.token);
  ctx.setCookie(COOKIE, null);
  ctx.redirect('/desk/setup/mailbox');
}

/** The code comes with the address once and then stays in a cookie, so that a form that was corrected still has it. */
async function holdsCode(ctx: PublicDeskContext): Promise<boolean> {
  const given = ctx.query['code'] ?? ctx.cookie(COOKIE);
  if (!given || !(await isSetupCode(ctx.app, given))) return false;
  ctx.setCookie(COOKIE, given, { maxAgeMs: HOUR_MS });
  return true;
}

/** The machine's own zone, unless it keeps to UTC as servers do. */
function guessZone(language: string): string {
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
  if (!/^(?:Etc\/)?(?:UTC|GMT|UCT|Zulu)/.test(timeZone)) return timeZone;
  return language === 'ru' ? 'Europe/Moscow' : 'Europe/London';
}

async function show(
  ctx: PublicDeskContext,
  values: Readonly<Record<string, string>>,
  problems: Readonly<Record<string, string>> = {},
  scripts: readonly string[] = [],
): Promise<void> {
  const field = (name: string) => ({
    value: values[name] ?? '',
    ...(problems[name] ? { error: ctx.t(problems[name]) } : {}),
  });
  const chosen = values['timeZone'] ?? '';
  const data = {
    steps: setupSteps(ctx, 1),
    company: field('company'),
    name: field('name'),
    email: field('email'),
    password: problems['password'] ? { error: ctx.t(problems['password']) } : {},
    languages: ['ru', 'en'].map((value) => ({
      value,
      label: ctx.t(`desk.language.${value}`),
      selected: (values['language'] ?? ctx.language) === value,
    })),
    zones: timeZoneOptions(ctx, chosen).map((zone) => ({ ...zone, selected: zone.value === chosen })),
    accents: Object.entries(accents).map(([value, colour]) => ({
      value,
      colour,
      label: ctx.t(`desk.setup.colour.${value}`),
      selected: value === (values['accent'] ?? 'pine'),
    })),
    errors: Object.entries(problems).map(([name, key]) => ({
      id: `f-${name}`,
      label: ctx.t(`desk.setup.${name}`),
      message: ctx.t(key),
    })),
  };
  await ctx.render('desk/setup', data, { status: data.errors.length > 0 ? 422 : 200, page: { scripts } });
}

export function setupSteps(
  { t }: Pick<PublicDeskContext, 't'>,
  current: 1 | 2 | 3,
): Record<string, unknown>[] {
  return (['company', 'mailbox', 'team'] as const).map((key, i) => ({
    number: i + 1,
    label: t(`desk.setup.step.${key}`),
    hint: t(`desk.setup.step.${key}Hint`),
    isDone: i + 1 < current,
    isCurrent: i + 1 === current,
  }));
}
