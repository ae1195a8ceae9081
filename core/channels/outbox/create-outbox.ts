import { wordsOf } from '../../errors/define-errors.js';
import type { Channel, ChannelApp, DeliveryResult } from '../channel.js';
import { findAccount } from '../queries/find-account.js';
import { createLoop, type Loop } from '../run-loop.js';
import { claimDeliveries, type ClaimedDelivery } from './claim-deliveries.js';
import { composeOutgoing } from './compose-outgoing.js';
import { markSending, settleDeliveries } from './settle-deliveries.js';

/** The worker that sends what is due: at least once, hardly ever twice. */
export function createOutbox(app: ChannelApp): Loop {
  return createLoop(app, {
    name: 'outbox',
    signal: 'deliveries',
    // Replies are held for seconds; looking for one that is due is one indexed read.
    pollMs: 1000,
    round: async () => {
      const claimed = await claimDeliveries(app, [...app.channels.keys()]);
      if (claimed.length > 0) await deliver(app, claimed);
      return claimed.length > 0;
    },
  });
}

async function deliver(app: ChannelApp, claimed: readonly ClaimedDelivery[]): Promise<void> {
  const first = claimed[0] as ClaimedDelivery;
  const account = await findAccount(app.db, first.accountId);
  const channel = app.channels.get(account.channel) as Channel;
  const recipients = claimed.map(({ recipient }) => recipient);
  let underWay = false;
  let results: readonly DeliveryResult[];
  try {
    const message = await composeOutgoing(app, { messageId: first.messageId, account, recipients });
    results = await channel.send(message, {
      aboutToSend: async () => {
        await markSending(app, claimed);
        underWay = true;
      },
    });
  } catch (error) {
    app.log.warn(
      { err: error, messageId: first.messageId, channel: channel.id },
      'a message could not be sent',
    );
    const state = underWay ? ('uncertain' as const) : ('retry' as const);
    results = recipients.map((recipient) => ({ recipient, state, reason: wordsOf(error) }));
  }
  app.fault('outbox.afterSend');
  await settleDeliveries(app, claimed, { results, channel });
}
