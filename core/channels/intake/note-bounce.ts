import type { App } from '../../database/app.js';
import { change, type Change } from '../../database/change.js';
import { normaliseIdentity } from '../../contacts/normalise-identity.js';
import type { Actor } from '../../hooks/catalogue.js';
import { insertMessage } from '../../tickets/insert-message.js';
import type { ChannelAccount } from '../channel.js';
import type { IncomingMessage } from '../incoming-message.js';
import type { ClaimedItem } from './claim-intake.js';
import { settleIntake } from './settle-intake.js';

const system: Actor = { kind: 'system', id: 'intake' };

/**
 * A letter of ours came back: marks its deliveries and addresses and is kept in its ticket. It opens no ticket, wakes
 * nobody's clock and changes no customer. One about a letter that is not ours is parked for people to look at.
 */
export async function noteBounce(
  app: App,
  { item, account, message }: { item: ClaimedItem; account: ChannelAccount; message: IncomingMessage },
): Promise<void> {
  const original = await findOriginal(app, message);
  await change(app, async (step) => {
    const { id: intakeId, accountId } = item;
    if (!original) {
      await settleIntake(step, item, {
        state: 'parked',
        reason: 'bounce-unknown',
        detail: message.subject ?? '',
      });
      return step.announce('intake.parked', { intakeId, accountId, reason: 'bounce-unknown', actor: system });
    }
    const twin: { id: number } | undefined = await step
      .trx('messages')
      .where({ accountId, fingerprint: message.fingerprint })
      .first('id');
    if (twin) return settleIntake(step, item, { state: 'duplicate', duplicateOf: twin.id });
    for (const failed of message.bounce?.recipients ?? []) await markFailed(step, original, failed);
    const messageId = await insertMessage(app, step, {
      ticketId: original.ticketId,
      kind: 'incoming',
      channel: account.channel,
      accountId,
      writtenAt: message.writtenAt,
      subject: message.subject,
      text: message.text,
      participants: { from: message.from, to: message.to },
      externalId: message.externalId,
      fingerprint: message.fingerprint,
      intakeId,
      auto: 'bounce',
      flags: message.flags,
    });
    await settleIntake(step, item, { state: 'delivered', messageId });
  });
}

async function findOriginal(
  app: App,
  message: IncomingMessage,
): Promise<{ id: number; ticketId: number } | undefined> {
  const ids = [message.bounce?.originalExternalId, message.inReplyTo, ...message.references].filter(
    (id) => !!id,
  );
  if (ids.length === 0) return undefined;
  return app
    .db('messages')
    .whereIn('externalId', ids as string[])
    .where({ kind: 'outgoing' })
    .orderBy('id', 'desc')
    .first('id', 'ticketId');
}

async function markFailed(
  step: Change,
  original: { id: number; ticketId: number },
  failed: { address: string; permanent: boolean; reason: string },
): Promise<void> {
  if (!failed.permanent) return;
  const recipient = normaliseIdentity('email', failed.address);
  if (!recipient) return;
  const reason = failed.reason.slice(0, 500);
  const rows = await step
    .trx('deliveries')
    .where({ messageId: original.id, recipient })
    .update({ state: 'failed', reason, dueAt: null })
    .returning<{ id: number }[]>('id');
  for (const { id: deliveryId } of rows)
    step.announce('delivery.failed', {
      ticketId: original.ticketId,
      messageId: original.id,
      deliveryId,
      reason,
      actor: system,
    });
  if (rows.length === 0) return;
  const [identity] = await step
    .trx('identities')
    .where({ kind: 'email', normalised: recipient })
    .update({ failedAt: step.at })
    .returning<{ id: number; contactId: number }[]>(['id', 'contactId']);
  if (identity)
    step.announce('identity.failed', {
      contactId: identity.contactId,
      identityId: identity.id,
      kind: 'email',
      actor: system,
    });
}
