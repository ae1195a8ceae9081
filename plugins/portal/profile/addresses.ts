import {
  askToConfirm,
  confirmAddress,
  errors,
  findContactCard,
  findLink,
  removeIdentity,
  type PortalContext,
  type VisitorContext,
} from '@helpdesk/core';
import { z } from 'zod';
import { inBackground } from '../entry/in-background.js';
import type { Portal } from '../portal.js';
import { showProfile } from './profile-page.js';

const Address = z.object({ address: z.string().max(320).default('') });
const Removed = z.object({ identityId: z.coerce.number().int() });

/** Sends a link to another address of the customer; it stands in the profile once its owner has opened that. */
export async function addAddress(ctx: VisitorContext, portal: Portal): Promise<void> {
  const { address } = await ctx.form(Address);
  const asked = await askToConfirm(ctx.app, { visitor: ctx.visitor, address, ip: ctx.ip });
  if (!asked.ok) return showProfile(ctx, { typed: await ctx.typed(), problems: { address: asked.because } });
  ctx.flash({ text: ctx.t('portal.profile.confirmSent'), tone: 'ok' });
  ctx.redirect('/profile');
  if (asked.link) {
    const { link } = asked;
    inBackground(ctx.app, () => mailConfirm(ctx, portal, link));
  }
}

async function mailConfirm(
  { app, t }: VisitorContext,
  portal: Portal,
  { token, address }: { token: string; address: string },
): Promise<void> {
  const post = portal.mailer();
  if (!(await post?.ready())) return;
  const company = app.company.name;
  const link = `${app.company.url}/profile/confirm/${token}`;
  await post?.send({
    to: address,
    subject: t('portal.mail.confirm.subject', { company }),
    text: t('portal.mail.confirm.text', { company, link }),
  });
}

/** Opening the link adds nothing; the button does, where the one who asked is signed in. */
export async function confirmPage(ctx: VisitorContext): Promise<void> {
  const { token = '' } = ctx.params;
  const link = await findLink(ctx.db, { token, purpose: 'confirm', now: ctx.now });
  // Of another person's link nothing is told, not even the address.
  if (!link || link.contactId !== ctx.contactId) return showGone(ctx);
  await ctx.render('portal/confirm', { address: link.address, action: ctx.path });
}

export async function confirmNow(ctx: VisitorContext): Promise<void> {
  const { visitor, actor } = ctx;
  const answer = await confirmAddress(ctx.app, { token: ctx.params['token'] ?? '', visitor, actor });
  if (answer === 'invalid') return showGone(ctx);
  if (answer === 'taken')
    return ctx.render('portal/confirm', { isTaken: true, writeUrl: '/requests/new' }, { status: 409 });
  ctx.flash({ text: ctx.t('portal.profile.added'), tone: 'ok' });
  ctx.redirect('/profile');
}

const showGone = (ctx: PortalContext) => ctx.render('portal/confirm', { isGone: true }, { status: 410 });

/** Takes a mail address off the profile; the one that the customer came in by stays. */
export async function removeAddress(ctx: VisitorContext): Promise<void> {
  const { identityId } = await ctx.form(Removed);
  const { contactId, visitor, actor } = ctx;
  const { identities } = await findContactCard(ctx.db, contactId);
  const known = identities.find(({ id, kind }) => id === identityId && kind === 'email');
  if (!known || known.id === visitor.identityId) throw errors.NOT_FOUND();
  await removeIdentity(ctx.app, { contactId, identityId, actor });
  ctx.flash({ text: ctx.t('portal.profile.removed'), tone: 'ok' });
  ctx.redirect('/profile');
}
