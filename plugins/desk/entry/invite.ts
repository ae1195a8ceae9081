import { acceptInvite, findToken, signIn, type PublicDeskContext } from '@helpdesk/core';
import { z } from 'zod';

const Accept = z.object({ name: z.string().max(100).default(''), password: z.string().max(256).default('') });

/** An invitation: a name, a password, and in. A link that is used or too old says so. */
export async function invitePage(ctx: PublicDeskContext): Promise<void> {
  const owner = await findToken(ctx.db, { token: ctx.params['token'] ?? '', kind: 'invite', now: ctx.now });
  if (!owner) return ctx.render('desk/link-gone', {}, { status: 410 });
  await show(ctx, { name: owner.name, email: owner.email });
}

export async function acceptNow(ctx: PublicDeskContext): Promise<void> {
  const token = ctx.params['token'] ?? '';
  const owner = await findToken(ctx.db, { token, kind: 'invite', now: ctx.now });
  if (!owner) return ctx.render('desk/link-gone', {}, { status: 410 });
  const { name, password } = await ctx.form(Accept);
  const accepted = await acceptInvite(ctx.app, { token, name, password, company: ctx.app.company.name });
  if (!accepted.ok) return show(ctx, { name, email: owner.email, problem: ctx.t(accepted.because) }, 422);
  const signed = await signIn(ctx.app, { email: owner.email, password, ip: ctx.ip, device: ctx.userAgent });
  if (signed.ok) ctx.startSession(signed.token);
  ctx.redirect('/desk');
}

const show = (ctx: PublicDeskContext, data: Record<string, unknown>, status = 200) =>
  ctx.render('desk/invite', { company: ctx.app.company.name, ...data }, { status });
