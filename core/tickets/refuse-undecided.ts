import { errors } from '../errors/errors.js';
import type { TicketRecord } from './models/ticket.js';

/**
 * While strong signs of who wrote disagree, no machine answers: it may be the wrong person who reads it.
 * @throws TICKET_UNDECIDED
 */
export function refuseUndecided(
  { id, undecidedSince }: TicketRecord,
  { agentId, actor }: { agentId: number | null; actor: { kind: string } },
): void {
  if (undecidedSince !== null && (agentId === null || actor.kind === 'plugin'))
    throw errors.TICKET_UNDECIDED({ ticketId: id });
}
