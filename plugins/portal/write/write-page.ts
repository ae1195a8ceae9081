import {
  addressKey,
  createLimiter,
  errors,
  findByIdentity,
  normaliseIdentity,
  refusesLinks,
  ticked,
  type HostApp,
  type Limiter,
  type PortalContext,
} from '@helpdesk/core';
import { z } from 'zod';
import { listEntrances } from '../intake/entrances.js';
import { takeIn } from '../intake/take-in.js';
import type { Portal } from '../portal.js';
import { suggestArticles } from '../new-request/suggestions.js';

const Written = z
  .object({
    name: z.string().trim().min(1).max(100),
    email: z.string().trim().min(1).max(320),
    subject: z.string().trim().min(1).max(200),
    text: z.string().trim().min(1).max(20_000),
    anyway: ticked(),
    /** People do not see this field; programs fill it in. */
    website: z.string().max(1000).default(''),
    _once: z.string().max(100).optional(),
  })
  .transform(({ _once: once, ...rest }) => ({ ...rest, once }));
type Written = z.infer<typeof Written>;

const HOUR_MS = 3_600_000;
const limiters = new WeakMap<HostApp['database'], Limiter>();

function limiterOf({ database }: HostApp): Limiter {
  const known = limiters.get(database) ?? createLimiter({ points: 5, windowMs: HOUR_MS, most: 20_000 });
  limiters.set(database, known);
  return known;
}

/** A form for people who are not signed in. */
export async function writePage(ctx: PortalContext, portal: Portal): Promise<void> {
  if (ctx.visitor) return ctx.redirect('/requests/new');
  refuseWhenOff(portal);
  await show(ctx, portal, {});
}

/** Takes in what a stranger wrote, marked as not proven: whoever owns the address sees it once they have signed in. */
export async function takeWritten(ctx: PortalContext, portal: Portal): Promise<void> {
  refuseWhenOff(portal);
  const form = await ctx.readForm(Written);
  if (!form.ok) return show(ctx, portal, { typed: form.typed, problems: form.problems });
  const typed = await ctx.typed();
  const email = normaliseIdentity('email', form.value.email);
  if (email === undefined) return show(ctx, portal, { typed, problems: { email: 'core.form.email' } });
  // A letter of our own to ourselves would go round.
  if (await refusesLinks(ctx.db, email))
    return show(ctx, portal, { typed, problems: { email: 'portal.write.notYours' } });
  if (form.value.website !== '') return showTaken(ctx, form.value.email);
  const articles = form.value.anyway
    ? []
    : await suggestArticles(ctx, `${form.value.subject} ${form.value.text}`);
  if (articles.length > 0) return show(ctx, portal, { typed, articles });
  const seconds = limiterOf(ctx.app).take(addressKey(ctx.ip), ctx.now);
  if (seconds > 0) return show(ctx, portal, { typed, tooMany: Math.max(1, Math.ceil(seconds / 60)) });
  if (!(await keep(ctx, portal, { ...form.value, normalised: email }))) return show(ctx, portal, { typed });
  await showTaken(ctx, form.value.email);
}

function refuseWhenOff(portal: Portal): void {
  if (!portal.settings().strangersWrite) throw errors.NOT_FOUND();
}

async function keep(
  ctx: PortalContext,
  portal: Portal,
  written: Written & { normalised: string },
): Promise<boolean> {
  const { name, email, normalised, subject, text, once } = written;
  const [known, [entrance]] = await Promise.all([
    findByIdentity(ctx.db, { kind: 'email', normalised }),
    listEntrances(portal),
  ]);
  if (!entrance) return false;
  const { language } = ctx;
  const create = { name, language, identities: [{ kind: 'email', value: email, normalised }] };
  await takeIn(ctx.app, {
    account: { id: entrance.accountId, lineId: entrance.lineId },
    from: known ? { contactId: known.contactId } : { create },
    sender: { name, kind: 'email', value: email },
    ticketId: null,
    subject,
    text,
    attachments: [],
    flags: ['unverified'],
    language,
    once,
  });
  return true;
}

interface Shown {
  readonly typed?: Readonly<Record<string, string>>;
  readonly problems?: Readonly<Record<string, string>>;
  readonly articles?: readonly unknown[];
  /** Minutes to wait. */
  readonly tooMany?: number;
}

async function show(
  ctx: PortalContext,
  portal: Portal,
  { typed = {}, problems = {}, articles = [], tooMany }: Shown,
): Promise<void> {
  const { t } = ctx;
  const entrances = await listEntrances(portal);
  const field = (name: string) => ({
    value: typed[name] ?? '',
    ...(problems[name] ? { error: t(problems[name]) } : {}),
  });
  const isWrong = Object.keys(problems).length > 0;
  await ctx.render(
    'portal/write',
    {
      isClosed: entrances.length === 0,
      name: field('name'),
      email: field('email'),
      subject: field('subject'),
      text: field('text'),
      articles,
      isAnyway: articles.length > 0,
      tooMany: tooMany === undefined ? undefined : t('portal.write.tooMany', { count: tooMany }),
      promise: portal.settings().promise || t('portal.new.promise'),
      errors: Object.entries(problems).map(([name, key]) => ({
        id: `f-${name}`,
        label: t(name === 'name' || name === 'email' ? `portal.write.${name}` : `portal.new.${name}`),
        message: t(key),
      })),
    },
    {
      status: tooMany === undefined ? (isWrong ? 422 : 200) : 429,
      page: { scripts: ['portal/portal.js'] },
    },
  );
}

const showTaken = (ctx: PortalContext, email: string): Promise<void> =>
  ctx.render('portal/written', { email, signInUrl: '/sign-in' });
