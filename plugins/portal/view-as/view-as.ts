import { errors, startViewAs, type DeskContext } from '@helpdesk/core';

/** Opens the portal as this customer sees it, to look only. @throws CONTACT_UNKNOWN, PERMISSION_MISSING */
export async function viewAs(ctx: DeskContext): Promise<void> {
  if (!ctx.can('contacts.read')) throw errors.PERMISSION_MISSING({ permission: 'contacts.read' });
  const { id = '' } = ctx.params;
  if (!/^\d{1,15}$/.test(id)) throw errors.CONTACT_UNKNOWN({ contactId: id });
  const { token } = await startViewAs(ctx.app, {
    contactId: Number(id),
    agent: ctx.agent,
    ip: ctx.ip,
    device: ctx.userAgent,
  });
  ctx.startVisit(token);
  ctx.redirect('/');
}
