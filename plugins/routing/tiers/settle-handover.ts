import {
  assignTicket,
  change,
  findTicket,
  noteOnTicket,
  transferTicket,
  type Actor,
  type HostApp,
} from '@helpdesk/core';
import { writeCard } from './write-card.js';

interface Handover {
  readonly ticketId: number;
  readonly toTeamId: number;
  readonly agentId: number | null;
  readonly wanted: string | null;
  readonly tried: string | null;
  readonly promised: string | null;
  readonly promisedAt: string | null;
  readonly settledAt: string | null;
  readonly endedAt: string | null;
}

/**
 * What follows from a hand-over: the ticket goes to the team, somebody owns it, the card is a note. Each step may be done again, so
 * that one that was cut off is ended by the follower.
 */
export async function settleHandover(app: HostApp, handoverId: number, actor: Actor): Promise<void> {
  const handover: Handover | undefined = await app.db('routing_handovers').where({ id: handoverId }).first();
  if (!handover || handover.settledAt !== null || handover.endedAt !== null) return;
  const { ticketId, toTeamId, agentId } = handover;
  const ticket = await findTicket(app.db, ticketId);
  if (ticket.assigneeId === null && agentId !== null)
    await assignTicket(app, { ticketId, assigneeId: agentId, actor });
  await transferTicket(app, { ticketId, teamId: toTeamId, actor });
  if (handover.wanted !== null && agentId !== null)
    await noteOnTicket(app, {
      ticketId,
      agentId,
      text: writeCard(app, handover),
      idempotencyKey: `routing.card:${handoverId}`,
      actor,
    });
  await change(app, ({ trx, at }) =>
    trx('routing_handovers').where({ id: handoverId }).whereNull('settledAt').update({ settledAt: at }),
  );
}
