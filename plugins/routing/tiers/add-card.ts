import { change, noteOnTicket, type Actor, type HostApp, type Outcome } from '@helpdesk/core';
import type { NewCard } from './hand-over.js';
import { writeCard } from './write-card.js';
import './tier-hooks.js';

/** Writes the card of a ticket that was moved to a higher tier without one. The second one to do so is refused. */
export async function addCard(
  app: HostApp,
  {
    ticketId,
    handoverId,
    card,
    agentId,
    actor,
  }: { ticketId: number; handoverId: number; card: NewCard; agentId: number; actor: Actor },
): Promise<Outcome> {
  for (const line of ['wanted', 'tried', 'promised'] as const)
    if (card[line].trim() === '') return { ok: false, because: 'core.form.required', field: line };
  const { wanted, tried, promised, promisedAt } = card;
  const isWritten = await change(app, async ({ trx, announce }) => {
    const written = await trx('routing_handovers')
      .where({ id: handoverId, ticketId })
      .whereNull('cardBy')
      .update({
        wanted: wanted.trim(),
        tried: tried.trim(),
        promised: promised.trim(),
        promisedAt,
        cardBy: agentId,
      });
    if (written > 0) announce('routing.cardWritten', { ticketId, handoverId, actor });
    return written > 0;
  });
  if (!isWritten) return { ok: false, because: 'routing.tiers.problem.hasCard', field: 'wanted' };
  const text = writeCard(app, card);
  await noteOnTicket(app, { ticketId, agentId, text, idempotencyKey: `routing.card:${handoverId}`, actor });
  return { ok: true };
}
