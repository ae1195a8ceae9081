import type { Knex } from 'knex';
import type { App } from '../../database/app.js';
import { change, type Change } from '../../database/change.js';
import type { Actor } from '../../hooks/catalogue.js';

export interface ClaimedDelivery {
  readonly id: number;
  readonly messageId: number;
  readonly ticketId: number;
  readonly accountId: number;
  readonly recipient: string;
  readonly attempts: number;
  readonly unanswered: number;
  readonly fence: number;
}

/** Before the data goes out nothing is lost by trying again soon. */
const LEASE_MS = 2 * 60_000;

const PENDING = ['held', 'queued', 'leased', 'sending', 'retry'];

/**
 * Takes the due deliveries of the message that has waited longest, under a lease. Messages to one recipient in one
 * ticket leave in order: a later one waits for the earlier.
 */
export async function claimDeliveries(app: App, channels: readonly string[]): Promise<ClaimedDelivery[]> {
  const now = app.now().toISOString();
  const isWaiting = await due(app.db, now, channels).first('deliveries.id');
  if (!isWaiting) return [];
  return change(app, async (step) => {
    const { trx, at } = step;
    await giveUpUnanswered(step);
    const first: { messageId: number } | undefined = await due(trx, at, channels).first(
      'deliveries.messageId',
    );
    if (!first) return [];
    const query = due(trx, at, channels).where('deliveries.messageId', first.messageId);
    if (trx.client.config.client === 'pg') void query.forUpdate('deliveries').skipLocked();
    const ids: { id: number }[] = await query.select('deliveries.id');
    return trx('deliveries')
      .whereIn(
        'id',
        ids.map(({ id }) => id),
      )
      .update({
        // One more try after a crash while the data was going out; the count says that it is the last.
        unanswered: trx.raw(`unanswered + case when state = 'sending' then 1 else 0 end`),
        state: 'leased',
        leaseUntil: new Date(Date.parse(at) + LEASE_MS).toISOString(),
        fence: trx.raw('fence + 1'),
        attempts: trx.raw('attempts + 1'),
      })
      .returning<ClaimedDelivery[]>([
        'id',
        'messageId',
        'ticketId',
        'accountId',
        'recipient',
        'attempts',
        'unanswered',
        'fence',
      ]);
  });
}

const system: Actor = { kind: 'system', id: 'outbox' };

/** It went out twice without an answer: a third copy would be worse than not knowing. People decide. */
async function giveUpUnanswered({ trx, at, announce }: Change): Promise<void> {
  const rows = await trx('deliveries')
    .where({ state: 'sending' })
    .where('leaseUntil', '<', at)
    .where('unanswered', '>', 0)
    .update({ state: 'uncertain', dueAt: null, leaseUntil: null })
    .returning<{ id: number; ticketId: number; messageId: number }[]>(['id', 'ticketId', 'messageId']);
  for (const { id: deliveryId, ticketId, messageId } of rows)
    announce('delivery.uncertain', { ticketId, messageId, deliveryId, actor: system });
}

function due(db: Knex, at: string, channels: readonly string[]): Knex.QueryBuilder {
  return db('deliveries')
    .join('channelAccounts', 'channelAccounts.id', 'deliveries.accountId')
    .where('channelAccounts.enabled', 1)
    .whereIn('channelAccounts.channel', [...channels])
    .where((ready) =>
      ready
        .where((waited) =>
          waited
            .whereIn('deliveries.state', ['held', 'queued', 'retry', 'uncertain'])
            .andWhere('deliveries.dueAt', '<=', at),
        )
        .orWhere((late) =>
          late.whereIn('deliveries.state', ['leased', 'sending']).andWhere('deliveries.leaseUntil', '<', at),
        ),
    )
    .whereNotExists((earlier) =>
      earlier
        .from('deliveries as before')
        .whereRaw('before.ticket_id = deliveries.ticket_id and before.recipient = deliveries.recipient')
        .whereRaw('before.id < deliveries.id')
        .whereIn('before.state', PENDING)
        .select(db.raw('1')),
    )
    .orderBy('deliveries.messageId')
    .orderBy('deliveries.id');
}
