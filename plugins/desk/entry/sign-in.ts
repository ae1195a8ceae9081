import { findViewer, signIn, sitePath, type PublicDeskContext } from '@helpdesk/core';
import { z } from 'zod';
import { openSetup } from './setup-progress.js';

const SignIn = z.object({
  email: z.string().max(320).default(''),
  password: z.string().max(1000).default(''),
  next: z.string().max(2000).optional(),
});

export async function signInPage(ctx: PublicDeskContext): Promise<void> {
  if (ctx.signedIn) return ctx.redirect(sitePath(ctx.query['next'], '/desk'));
  await show(ctx, { next: ctx.query['next'] ?? '' });
}

/** Wrong answers never say which of the two was wrong. */
export async function signInNow(ctx: PublicDeskContext): Promise<void> {
  const { email, password, next } = await ctx.form(SignIn);
  const signed = await signIn(ctx.app, {
    email,
    password,
    ip: ctx.ip,
    device: ctx.userAgent,
    ...(ctx.sessionToken ? { replaces: ctx.sessionToken } : {}),
  });
  if (signed.ok) {
    ctx.startSession(signed.token);
    const asked = sitePath(next, '/desk');
    // Whoever left the setup comes back to it, unless he came for a page of his own.
    const viewer = asked === '/desk' ? await findViewer(ctx.db, signed.agent.id) : null;
    return ctx.redirect((viewer && openSetup(ctx.app, viewer)) ?? asked);
  }
  const seconds = 'retryInSeconds' in signed ? signed.retryInSeconds : undefined;
  const problem =
    seconds === undefined
      ? ctx.t(signed.because)
      : ctx.t('desk.signIn.tooMany', { count: Math.max(1, Math.ceil(seconds / 60)) });
  await show(ctx, { email, next: next ?? '', problem }, seconds === undefined ? 422 : 429);
}

function show(ctx: PublicDeskContext, data: Record<string, unknown>, status = 200): Promise<void> {
  return ctx.render('desk/sign-in', { company: ctx.app.company.name, ...data }, { status });
}
