import type { App } from '../../database/app.js';
import { change, type Change } from '../../database/change.js';
import type { Actor } from '../../hooks/catalogue.js';
import type { Channel, DeliveryResult } from '../channel.js';
import type { ClaimedDelivery } from './claim-deliveries.js';
import { markGone } from './mark-gone.js';

/** How long the data may be under way, and how long to wait before the one more try, in ms. */
export const SENDING_MS = 15 * 60_000;
const MINUTE = 60_000;
/** 1 m, 5 m, 15 m, 1 h, 4 h, then every 8 h up to two days. */
const delays = [1, 5, 15, 60, 240, 480, 480, 480, 480, 480].map((minutes) => minutes * MINUTE);

const system: Actor = { kind: 'system', id: 'outbox' };

type SettlingChannel = Pick<Channel, 'retryDelay'> & Partial<Pick<Channel, 'identityKind'>>;

/**
 * Commits `sending` before the data goes out, so that a crash from here on is known to be uncertain.
 * @throws when the lease was lost: nothing must be sent then
 */
export async function markSending(app: App, claimed: readonly ClaimedDelivery[]): Promise<void> {
  await change(app, async ({ trx, at }) => {
    const leaseUntil = new Date(Date.parse(at) + SENDING_MS).toISOString();
    for (const { id, fence } of claimed) {
      const written = await trx('deliveries')
        .where({ id, fence, state: 'leased' })
        .update({ state: 'sending', leaseUntil });
      if (written === 0) throw new Error(`the lease on delivery ${id} was lost`);
    }
  });
  app.fault('outbox.afterSending');
}

/** Writes down what became of each recipient; a worker that wakes up late writes nothing. */
export async function settleDeliveries(
  app: App,
  claimed: readonly ClaimedDelivery[],
  { results, channel }: { results: readonly DeliveryResult[]; channel: SettlingChannel },
): Promise<void> {
  await change(app, async (step) => {
    for (const delivery of claimed) {
      const result = results.find(({ recipient }) => recipient === delivery.recipient) ?? {
        recipient: delivery.recipient,
        state: 'retry' as const,
        reason: 'the channel gave no answer for this recipient',
      };
      await settle(step, delivery, { result, channel });
    }
    app.fault('outbox.beforeSettled');
  });
  app.fault('outbox.afterSettled');
}

async function settle(
  step: Change,
  delivery: ClaimedDelivery,
  { result, channel }: { result: DeliveryResult; channel: SettlingChannel },
): Promise<void> {
  const patch = patchFor(delivery, result, { at: step.at, channel });
  const written = await step
    .trx('deliveries')
    .where({ id: delivery.id, fence: delivery.fence })
    .whereIn('state', ['leased', 'sending'])
    .update({ leaseUntil: null, ...patch });
  if (written === 0) return;
  const { id: deliveryId, ticketId, messageId } = delivery;
  if (result.state === 'sent' && result.externalId) await keepExternalId(step, messageId, result.externalId);
  if (result.state === 'failed' && result.isGone && channel.identityKind !== undefined)
    await markGone(step, { kind: channel.identityKind, recipient: delivery.recipient });
  const told = { ticketId, messageId, deliveryId, actor: system };
  if (patch.state === 'sent') step.announce('delivery.sent', told);
  if (patch.state === 'failed') step.announce('delivery.failed', { ...told, reason: patch.reason ?? '' });
  if (patch.state === 'uncertain') step.announce('delivery.uncertain', told);
}

/** Where the channel gives ids itself, customers answer a message by the one it got. */
async function keepExternalId({ trx }: Change, messageId: number, externalId: string): Promise<void> {
  await trx('messages').where({ id: messageId }).whereNull('externalId').update({ externalId });
}

interface Patch {
  state: string;
  dueAt: string | null;
  reason: string | null;
  code?: number | null;
  sentAt?: string;
  externalId?: string | null;
  unanswered?: number;
}

function patchFor(
  delivery: ClaimedDelivery,
  result: DeliveryResult,
  { at, channel }: { at: string; channel: SettlingChannel },
): Patch {
  if (result.state === 'sent') {
    const { note = null, externalId = null } = result;
    return { state: 'sent', dueAt: null, reason: note, sentAt: at, externalId };
  }
  const { reason, code = null } = result;
  if (result.state === 'failed') return { state: 'failed', dueAt: null, reason, code };
  if (result.state === 'uncertain') {
    // At most one more try: a second copy is better than none, a third is not.
    const again = delivery.unanswered === 0;
    const dueAt = again ? later(at, SENDING_MS) : null;
    return { state: 'uncertain', dueAt, reason, code, unanswered: delivery.unanswered + 1 };
  }
  const usual = channel.retryDelay ? channel.retryDelay(delivery.attempts) : delays[delivery.attempts - 1];
  // The provider says when, but not for how many times.
  const delay = usual === undefined || result.state !== 'retry' ? usual : (result.afterMs ?? usual);
  if (delay === undefined) {
    // After a try without an answer nobody knows whether it arrived, whatever became of the later ones.
    const state = delivery.unanswered > 0 ? 'uncertain' : 'failed';
    return { state, dueAt: null, reason, code };
  }
  return { state: 'retry', dueAt: later(at, delay), reason, code };
}

const later = (at: string, ms: number) => new Date(Date.parse(at) + ms).toISOString();
