import { change } from '../../database/change.js';
import type { Actor } from '../../hooks/catalogue.js';
import type { ChannelApp } from '../channel.js';
import { markGone } from '../outbox/mark-gone.js';
import { findAccount } from '../queries/find-account.js';

export interface NoteReceipt {
  readonly accountId: number;
  /** The provider's id of what was sent. */
  readonly externalId: string;
  readonly receipt:
    | { readonly kind: 'delivered' | 'seen'; readonly at: string }
    /** It was taken from us and failed afterwards. */
    | {
        readonly kind: 'failed';
        readonly reason: string;
        readonly code?: number;
        /** They cannot be reached there any more. The address is marked. */
        readonly isGone?: boolean;
      };
}

interface Noted {
  id: number;
  ticketId: number;
  messageId: number;
  recipient: string;
  state: string;
  deliveredAt: string | null;
  seenAt: string | null;
}

/**
 * What the provider tells of a message later: it arrived, it was seen, it failed after all. Told twice, or late, it says
 * nothing new; what was seen did arrive. @returns whether it is of a message of ours
 */
export async function noteReceipt(
  app: ChannelApp,
  { accountId, externalId, receipt }: NoteReceipt,
): Promise<boolean> {
  const { channel } = await findAccount(app.db, accountId);
  const identityKind = app.channels.get(channel)?.identityKind;
  return change(app, async (step) => {
    const { trx, announce } = step;
    const query = trx('deliveries').where({ accountId, externalId });
    if (app.database.engine === 'postgres') void query.forUpdate();
    const delivery: Noted | undefined = await query.first();
    if (!delivery) return false;
    const { id: deliveryId, ticketId, messageId } = delivery;
    const actor: Actor = { kind: 'system', id: 'outbox' };
    const told = { ticketId, messageId, deliveryId, actor };
    const write = (patch: object) => trx('deliveries').where({ id: deliveryId }).update(patch);
    if (receipt.kind === 'failed') {
      if (delivery.state === 'failed' || delivery.deliveredAt !== null) return true;
      const { reason, code = null, isGone } = receipt;
      await write({ state: 'failed', reason: reason.slice(0, 500), code, dueAt: null });
      announce('delivery.failed', { ...told, reason: reason.slice(0, 500) });
      if (isGone && identityKind !== undefined)
        await markGone(step, { kind: identityKind, recipient: delivery.recipient });
      return true;
    }
    const isNew = receipt.kind === 'seen' ? delivery.seenAt === null : delivery.deliveredAt === null;
    if (!isNew) return true;
    await write({
      deliveredAt: delivery.deliveredAt ?? receipt.at,
      ...(receipt.kind === 'seen' ? { seenAt: receipt.at } : {}),
    });
    announce('delivery.noticed', { ...told, receipt: receipt.kind });
    return true;
  });
}
