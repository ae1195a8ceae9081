import { endSession, type PublicDeskContext } from '@helpdesk/core';

/** Ends the session on the server as well as the cookie. */
export async function signOut(ctx: PublicDeskContext): Promise<void> {
  if (ctx.sessionToken) await endSession(ctx.app, { token: ctx.sessionToken, actor: ctx.actor });
  ctx.endSession();
  ctx.redirect('/desk/sign-in');
}
