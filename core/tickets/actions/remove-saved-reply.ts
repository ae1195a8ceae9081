import type { App } from '../../database/app.js';
import { change } from '../../database/change.js';
import type { Actor } from '../../hooks/catalogue.js';

/** Remove a saved reply; what was written with it stays. */
export async function removeSavedReply(app: App, { id, actor }: { id: number; actor: Actor }): Promise<void> {
  await change(app, async ({ trx, announce }) => {
    const removed = await trx('savedReplies').where({ id }).delete();
    if (removed > 0) announce('savedReply.removed', { savedReplyId: id, actor });
  });
}
