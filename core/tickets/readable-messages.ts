import type { Knex } from 'knex';

/**
 * Narrows a query on `messages` to what a customer may read of a ticket that is theirs: what was written to us and by us.
 * Never notes, replies that were taken back or can still be, machines' letters but our own, nor letters whose writer is in
 * dispute.
 */
export function readableAt(messages: Knex.QueryBuilder, at: string): void {
  void messages
    .whereIn('messages.kind', ['incoming', 'outgoing'])
    .whereNull('messages.cancelledAt')
    .where((ours) =>
      ours.where('messages.kind', 'outgoing').orWhereNull('messages.auto').orWhere('messages.auto', 'list'),
    )
    .whereNotExists((held) =>
      held
        .from('deliveries')
        .select('deliveries.id')
        .whereRaw('?? = ??', ['deliveries.messageId', 'messages.id'])
        .where('deliveries.state', 'held')
        .where('deliveries.dueAt', '>', at),
    )
    .whereNotExists((disputed) =>
      disputed
        .from('match_evidence')
        .select('match_evidence.id')
        .whereRaw('?? = ??', ['match_evidence.messageId', 'messages.id'])
        .where('match_evidence.decision', 'conflict')
        .whereNull('match_evidence.answer'),
    );
}
