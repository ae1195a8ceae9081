import type { Actor, Change } from '@helpdesk/core';
import type { Card } from './find-work.js';
import './tier-hooks.js';

export interface OpenHandover {
  ticketId: number;
  fromTeamId: number | null;
  toTeamId: number;
  fromTier: number;
  toTier: number;
  agentId: number | null;
  workerId: number | null;
  card: Card | null;
  /** The ticket is with that team already: nothing is left to be done. */
  isSettled?: boolean;
  actor: Actor;
}

/**
 * Writes a hand-over and makes it the one that counts.
 * @returns its id; null when the ticket has come as high in the meantime, or higher
 */
export async function openHandover(step: Change, input: OpenHandover): Promise<number | null> {
  const { ticketId, fromTeamId, toTeamId, toTier, agentId, workerId, card, actor } = input;
  const { trx, at } = step;
  const held = await hold(step, ticketId, toTeamId);
  if (held >= toTier) return null;
  const fromTier = held === 0 ? input.fromTier : held;
  const [row] = await trx('routing_handovers')
    .insert({
      ticketId,
      fromTeamId,
      toTeamId,
      fromTier,
      toTier,
      agentId,
      workerId,
      wanted: card?.wanted.trim() ?? null,
      tried: card?.tried.trim() ?? null,
      promised: card?.promised.trim() ?? null,
      promisedAt: card?.promisedAt ?? null,
      cardBy: card?.by ?? null,
      createdAt: at,
      settledAt: input.isSettled ? at : null,
    })
    .returning<{ id: number }[]>('id');
  const handoverId = (row as { id: number }).id;
  const work = { handoverId, teamId: toTeamId, tier: toTier, workerId, since: at };
  await trx('routing_work').where({ ticketId }).update(work);
  step.announce('routing.handedOver', {
    ticketId,
    handoverId,
    toTeamId,
    fromTier,
    toTier,
    hasCard: card !== null,
    actor,
  });
  return handoverId;
}

/** Holds the row of a ticket to the end, so that two at once are one. @returns the tier that works on it, 0 for none */
async function hold({ trx, at }: Change, ticketId: number, teamId: number): Promise<number> {
  const [row] = await trx('routing_work')
    .insert({ ticketId, handoverId: 0, teamId, tier: 0, since: at })
    .onConflict('ticketId')
    .merge(['ticketId'])
    .returning<{ tier: number }[]>('tier');
  return row?.tier ?? 0;
}
