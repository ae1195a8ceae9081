import { finishReset, findToken, startReset, type PublicDeskContext } from '@helpdesk/core';
import { mailer } from '@helpdesk/core/contracts';
import { z } from 'zod';

const Ask = z.object({ email: z.string().max(320).default('') });
const Choose = z.object({ password: z.string().max(256).default('') });

/** A forgotten password. The answer is the same whether there is such an account or not. */
export async function resetPage(ctx: PublicDeskContext): Promise<void> {
  await ctx.render('desk/reset', {});
}

export async function askForReset(ctx: PublicDeskContext): Promise<void> {
  const { email } = await ctx.form(Ask);
  await ctx.render('desk/reset', { isSent: true });
  // After the answer, so that its time tells nothing either.
  setImmediate(() => ctx.app.signals.track(mailReset(ctx, email)));
}

async function mailReset({ app, ip, language }: PublicDeskContext, email: string): Promise<void> {
  const started = await startReset(app, { email, ip });
  const post = app.service(mailer);
  if (!started || !(await post?.ready())) return;
  const link = `${app.company.url}/desk/reset/${started.token}`;
  const company = app.company.name;
  const reads = started.owner.language ?? language;
  await post?.send({
    to: started.owner.email,
    subject: app.t(reads, 'desk.reset.mail.subject', { company }),
    text: app.t(reads, 'desk.reset.mail.text', { company, link }),
  });
}

export async function choosePage(ctx: PublicDeskContext): Promise<void> {
  const owner = await findToken(ctx.db, { token: ctx.params['token'] ?? '', kind: 'reset', now: ctx.now });
  if (!owner) return ctx.render('desk/link-gone', {}, { status: 410 });
  await ctx.render('desk/reset-choose', {});
}

export async function chooseNow(ctx: PublicDeskContext): Promise<void> {
  const { password } = await ctx.form(Choose);
  const done = await finishReset(ctx.app, {
    token: ctx.params['token'] ?? '',
    password,
    company: ctx.app.company.name,
  });
  if (!done.ok) return ctx.render('desk/reset-choose', { problem: ctx.t(done.because) }, { status: 422 });
  ctx.flash({ text: ctx.t('desk.reset.done'), tone: 'ok' });
  ctx.redirect('/desk/sign-in');
}
