import type { App } from '../../database/app.js';
import { change } from '../../database/change.js';
import { errors } from '../../errors/errors.js';
import type { Actor } from '../../hooks/catalogue.js';

/** Send again to a recipient whose delivery failed or is uncertain; the message stays the same. @throws MESSAGE_UNKNOWN */
export async function retryDelivery(
  app: App,
  { deliveryId, actor }: { deliveryId: number; actor: Actor },
): Promise<void> {
  await change(app, async ({ trx, at, announce }) => {
    const [row] = await trx('deliveries')
      .where({ id: deliveryId })
      .whereIn('state', ['failed', 'uncertain', 'retry'])
      .update({ state: 'queued', dueAt: at, attempts: 0, unanswered: 0 })
      .returning<{ ticketId: number; messageId: number }[]>(['ticketId', 'messageId']);
    if (!row) throw errors.MESSAGE_UNKNOWN();
    announce('delivery.retried', { ...row, deliveryId, actor });
  });
  app.signals.wake('deliveries');
}
