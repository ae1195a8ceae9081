import { leavePortal, type PortalContext } from '@helpdesk/core';

/** Ends the session; an agent who looked goes back to the contact. */
export async function signOut(ctx: PortalContext): Promise<void> {
  const { visitor, sessionToken: token, actor } = ctx;
  await leavePortal(ctx.app, { token, actor });
  ctx.endSession();
  ctx.redirect(visitor?.viewedBy ? `/desk/contacts/${visitor.contactId}` : '/');
}
