import { signInContact, sitePath, type PortalContext } from '@helpdesk/core';
import { z } from 'zod';

const SignIn = z.object({
  address: z.string().max(320).default(''),
  password: z.string().max(1000).default(''),
  next: z.string().max(2000).default(''),
});

export async function signInPage(ctx: PortalContext): Promise<void> {
  const next = ctx.query['next'] ?? '';
  if (ctx.visitor) return ctx.redirect(sitePath(next, '/'));
  await showSignIn(ctx, { next });
}

/** Tries a password. A wrong answer never says which of the two was wrong. */
export async function signInNow(ctx: PortalContext): Promise<void> {
  const { address, password, next } = await ctx.form(SignIn);
  const signed = await signInContact(ctx.app, {
    address,
    password,
    ip: ctx.ip,
    device: ctx.userAgent,
    replaces: ctx.sessionToken,
  });
  if (signed.ok) {
    ctx.startSession(signed.token);
    return ctx.redirect(sitePath(next, '/'));
  }
  const seconds = 'retryInSeconds' in signed ? signed.retryInSeconds : undefined;
  const problem =
    seconds === undefined
      ? ctx.t('portal.signIn.wrong')
      : ctx.t('portal.signIn.tooMany', { count: Math.max(1, Math.ceil(seconds / 60)) });
  await showSignIn(ctx, { address, next, wrongPassword: problem }, seconds === undefined ? 422 : 429);
}

export function showSignIn(
  ctx: PortalContext,
  data: Readonly<Record<string, unknown>>,
  status = 200,
): Promise<void> {
  return ctx.render('portal/sign-in', { company: ctx.app.company.name, ...data }, { status });
}
