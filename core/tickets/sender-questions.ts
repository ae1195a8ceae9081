import type { Knex } from 'knex';
import type { Change } from '../database/change.js';

/** One piece of evidence to which nobody has said yes or no. */
export interface OpenEvidence {
  readonly id: number;
  readonly messageId: number;
  readonly ticketId: number;
  /** As whom the message stands now. */
  readonly senderId: number;
  readonly candidateId: number;
  readonly kind: string;
  readonly detail: string | null;
  readonly plugin: string;
  readonly decision: 'maybe' | 'conflict';
}

/** Evidence that another contact wrote than the one as whom the message stands. */
export function openEvidence(db: Knex): Knex.QueryBuilder<object, OpenEvidence[]> {
  return db('match_evidence')
    .join('messages', 'messages.id', 'match_evidence.messageId')
    .whereIn('match_evidence.decision', ['maybe', 'conflict'])
    .whereNull('match_evidence.answer')
    .whereNotNull('match_evidence.candidateContactId')
    .whereNotNull('messages.contactId')
    .whereRaw('match_evidence.candidate_contact_id <> messages.contact_id')
    .orderBy('match_evidence.id')
    .select(
      'match_evidence.id',
      'match_evidence.messageId',
      'messages.ticketId',
      'messages.contactId as senderId',
      'match_evidence.candidateContactId as candidateId',
      'match_evidence.kind',
      'match_evidence.detail',
      'match_evidence.plugin',
      'match_evidence.decision',
    ) as Knex.QueryBuilder<object, OpenEvidence[]>;
}

/** Keeps `undecidedSince` of tickets in step with the conflicts that are open on them. */
export async function keepUndecided({ trx, at }: Change, ticketIds: readonly number[]): Promise<void> {
  const ids = [...new Set(ticketIds)];
  if (ids.length === 0) return;
  const open: { ticketId: number }[] = await openEvidence(trx)
    .whereIn('messages.ticketId', ids)
    .where('match_evidence.decision', 'conflict');
  const undecided = [...new Set(open.map(({ ticketId }) => ticketId))];
  await trx('tickets').whereIn('id', undecided).whereNull('undecidedSince').update({ undecidedSince: at });
  await trx('tickets')
    .whereIn('id', ids)
    .whereNotIn('id', undecided)
    .whereNotNull('undecidedSince')
    .update({ undecidedSince: null });
}

/** A ticket was given to somebody by hand: that answers what was asked of its sender. */
export async function settleByHand(
  step: Change,
  { ticketId, from, to, saidBy }: { ticketId: number; from: number; to: number; saidBy: number | null },
): Promise<void> {
  const rows = await openEvidence(step.trx)
    .where('messages.ticketId', ticketId)
    .where('messages.contactId', from);
  for (const { id, candidateId } of rows)
    await step
      .trx('match_evidence')
      .where({ id })
      .update({ answer: candidateId === to ? 'yes' : 'no', answeredBy: saidBy, answeredAt: step.at });
  if (rows.length > 0) await keepUndecided(step, [ticketId]);
}
