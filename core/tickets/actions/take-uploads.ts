import type { Change } from '../../database/change.js';

/** Attaches what an agent uploaded earlier to a message; somebody else's uploads are not touched. */
export async function takeUploads(
  { trx }: Change,
  { messageId, agentId, keys }: { messageId: number; agentId: number; keys: readonly string[] },
): Promise<void> {
  if (keys.length === 0) return;
  await trx('attachments')
    .whereIn('key', [...keys])
    .where({ uploadedBy: agentId })
    .whereNull('messageId')
    .update({ messageId });
}
