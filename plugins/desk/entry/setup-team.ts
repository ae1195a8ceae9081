import { inviteAgent, listRoles, many, whole, type DeskContext } from '@helpdesk/core';
import { mailer } from '@helpdesk/core/contracts';
import { z } from 'zod';
import { setupSteps } from './setup.js';
import { finishSetup } from './setup-progress.js';

const MOST = 20;
const Team = z.object({
  name: many(z.string().trim().max(100)),
  email: many(z.string().trim().max(320)),
  role: many(z.string().max(50)),
  do: z.enum(['finish', 'add', 'skip']).default('finish'),
  /** The row whose button was pressed, from 0. */
  remove: whole().nonnegative().optional(),
});

/** A colleague as the form gives him; `error` in the reader's words. */
interface Row {
  readonly name: string;
  readonly email: string;
  readonly role: string;
  readonly error?: string;
}
interface Invited {
  readonly email: string;
  readonly link: string;
  readonly isMailed: boolean;
}

const empty: Row = { name: '', email: '', role: 'agent' };

/** Step 3: colleagues. Without a mailbox that can send, the links are shown to be passed on. */
export async function teamStep(ctx: DeskContext): Promise<void> {
  await show(ctx, { rows: [empty, empty] });
}

export async function saveTeamStep(ctx: DeskContext): Promise<void> {
  const form = await ctx.form(Team);
  const rows = form.email.map((email, i) => ({
    name: form.name[i] ?? '',
    email,
    role: form.role[i] ?? empty.role,
  }));
  if (form.do === 'skip') return finishSetup(ctx);
  if (form.remove !== undefined) return show(ctx, { rows: rows.filter((_, i) => i !== form.remove) });
  if (form.do === 'add') return show(ctx, { rows: [...rows, empty], isGrown: true });
  await inviteAll(
    ctx,
    rows.filter(({ name, email }) => name !== '' || email !== ''),
  );
}

async function inviteAll(ctx: DeskContext, rows: readonly Row[]): Promise<void> {
  const invited: Invited[] = [];
  const failed: Row[] = [];
  for (const row of rows.slice(0, MOST)) {
    const made = await invite(ctx, row);
    if ('error' in made) failed.push({ ...row, error: made.error });
    else invited.push(made);
  }
  const isDone = failed.length === 0 && invited.every(({ isMailed }) => isMailed);
  if (!isDone) return show(ctx, { rows: failed.length > 0 ? failed : [empty], invited });
  if (invited.length > 0)
    ctx.flash({ text: ctx.t('desk.setup.team.invited', { count: invited.length }), tone: 'ok' });
  await finishSetup(ctx);
}

async function invite(ctx: DeskContext, { email, name, role }: Row): Promise<Invited | { error: string }> {
  if (email === '') return { error: ctx.t('desk.setup.team.noEmail') };
  const made = await inviteAgent(ctx.app, {
    email,
    name: name || (email.split('@')[0] ?? email),
    role,
    actor: ctx.actor,
  });
  if (!made.ok) return { error: ctx.t(made.because) };
  const link = `${ctx.app.company.url}/desk/invite/${made.token}`;
  const post = ctx.app.service(mailer);
  if (!(await post?.ready())) return { email, link, isMailed: false };
  const company = ctx.app.company.name;
  await post?.send({
    to: email,
    subject: ctx.t('desk.invite.mail.subject', { company }),
    text: ctx.t('desk.invite.mail.text', { company, name: ctx.agent.name, link }),
  });
  return { email, link, isMailed: true };
}

interface Shown {
  readonly rows: readonly Row[];
  readonly invited?: readonly Invited[];
  /** A row was added: the writing goes on there. */
  readonly isGrown?: boolean;
}

async function show(ctx: DeskContext, { rows, invited = [], isGrown = false }: Shown): Promise<void> {
  const roles = (await listRoles(ctx.db)).filter(({ key }) => key !== 'owner');
  const shown = rows.slice(0, MOST);
  const errors = shown.flatMap(({ error, email, name }, i) =>
    error === undefined ? [] : [{ id: `f-email-${i}`, label: email || name, message: error }],
  );
  await ctx.render(
    'desk/setup-team',
    {
      steps: setupSteps(ctx, 3),
      invited,
      errors,
      rows: shown.map((row, i) => ({
        ...row,
        index: i,
        number: i + 1,
        isNew: isGrown && i === shown.length - 1,
        roles: roles.map(({ key, name }) => ({ value: key, label: name, selected: key === row.role })),
      })),
      canRemove: shown.length > 1,
      canAdd: shown.length < MOST,
    },
    { status: errors.length > 0 ? 422 : 200 },
  );
}
