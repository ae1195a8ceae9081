import { findContact, type DeskContext } from '@helpdesk/core';
import { pathId } from '../../admin/path-id.js';

/** A page of one contact; the address of one that was merged leads to the kept one's. @throws CONTACT_UNKNOWN */
export function toKept(show: (ctx: DeskContext) => Promise<void>): (ctx: DeskContext) => Promise<void> {
  return async (ctx) => {
    const asked = pathId(ctx);
    const { id } = await findContact(ctx.db, asked);
    if (id === asked) return show(ctx);
    ctx.redirect(ctx.url.replace(`/contacts/${asked}`, `/contacts/${id}`));
  };
}
