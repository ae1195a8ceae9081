import { findContact, type DeskContext } from '@helpdesk/core';
import { pathId } from '../../admin/path-id.js';

/**
 * Who is compared: the one that is to stay and the one that is to go. When one of them was merged in the meantime, the
 * visitor is sent on.
 * @returns undefined when the answer is given
 * @throws CONTACT_UNKNOWN
 */
export async function findBoth(ctx: DeskContext): Promise<{ keptId: number; goneId: number } | undefined> {
  const [keptId, goneId] = [pathId(ctx), pathId(ctx, 'otherId')];
  const [kept, gone] = await Promise.all([findContact(ctx.db, keptId), findContact(ctx.db, goneId)]);
  if (kept.id === gone.id) {
    if (keptId !== goneId) ctx.flash({ text: ctx.t('desk.merge.already'), tone: 'warn' });
    ctx.redirect(`/desk/contacts/${kept.id}`);
    return undefined;
  }
  if (kept.id === keptId && gone.id === goneId) return { keptId, goneId };
  ctx.redirect(`/desk/contacts/${kept.id}/merge/${gone.id}`);
  return undefined;
}
