import {
  askForLink,
  findLink,
  normaliseIdentity,
  sitePath,
  useLink,
  type PortalContext,
} from '@helpdesk/core';
import { z } from 'zod';
import type { Portal } from '../portal.js';
import { inBackground } from './in-background.js';
import { showSignIn } from './sign-in.js';

const Ask = z.object({ address: z.string().max(320).default(''), next: z.string().max(2000).default('') });

/** Promises a mail, in the same words whether one goes out or not. */
export async function askForMail(ctx: PortalContext, portal: Portal): Promise<void> {
  const { address, next } = await ctx.form(Ask);
  if (normaliseIdentity('email', address) === undefined)
    return showSignIn(ctx, { address, next, wrongAddress: ctx.t('core.form.email') }, 422);
  await showSignIn(ctx, { address: address.trim(), isSent: true });
  // After the answer, so that its time tells nothing either.
  inBackground(ctx.app, () => mailLink(ctx, portal, { address, next: sitePath(next, '/') }));
}

async function mailLink(
  { app, ip, t }: PortalContext,
  portal: Portal,
  { address, next }: { address: string; next: string },
): Promise<void> {
  const asked = await askForLink(app, { address, ip, next });
  const post = portal.mailer();
  if (!asked || !(await post?.ready())) return;
  const company = app.company.name;
  const link = `${app.company.url}/sign-in/${asked.token}`;
  await post?.send({
    to: asked.address,
    subject: t('portal.mail.signIn.subject', { company }),
    text: t('portal.mail.signIn.text', { company, link }),
  });
}

/** Opening the link lets nobody in: programs that look through mail open links too. The button does. */
export async function linkPage(ctx: PortalContext): Promise<void> {
  const { token = '' } = ctx.params;
  const link = await findLink(ctx.db, { token, purpose: 'sign-in', now: ctx.now });
  if (!link) return showGone(ctx);
  const { address } = link;
  await ctx.render('portal/open-link', { company: ctx.app.company.name, address, action: ctx.path });
}

export async function openLink(ctx: PortalContext): Promise<void> {
  const entered = await useLink(ctx.app, {
    token: ctx.params['token'] ?? '',
    ip: ctx.ip,
    device: ctx.userAgent,
    replaces: ctx.sessionToken,
    language: ctx.language,
  });
  if (!entered) return showGone(ctx);
  ctx.startSession(entered.token);
  ctx.redirect(sitePath(entered.next ?? undefined, '/'));
}

const showGone = (ctx: PortalContext) => showSignIn(ctx, { isGone: true }, 410);
