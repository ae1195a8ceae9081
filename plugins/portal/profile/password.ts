import { setContactPassword, type VisitorContext } from '@helpdesk/core';
import { z } from 'zod';
import { showProfile } from './profile-page.js';

const Password = z.object({ password: z.string().max(256).default('') });

/** Sets a password; the customer's other devices are signed out. */
export async function savePassword(ctx: VisitorContext): Promise<void> {
  const { password } = await ctx.form(Password);
  const { visitor, actor, app } = ctx;
  const done = await setContactPassword(app, { visitor, password, company: app.company.name, actor });
  if (!done.ok) return showProfile(ctx, { problems: { password: done.because } });
  ctx.flash({ text: ctx.t('portal.profile.passwordSet'), tone: 'ok' });
  ctx.redirect('/profile');
}
