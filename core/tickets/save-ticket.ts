import type { Change } from '../database/change.js';
import { errors } from '../errors/errors.js';
import { countMove } from './count-tickets.js';
import type { TicketRecord } from './models/ticket.js';
import { placeTicket } from './place-ticket.js';

export type Patch = Partial<Omit<TicketRecord, 'id' | 'number' | 'version' | 'bucket' | 'attentionAt'>>;

/**
 * Writes a patch `where { id, version }`. Properties raise the version; what only a new message changes does not, so
 * that a letter arriving is no conflict with an agent who sets a tag.
 * @throws TICKET_CHANGED when somebody else was quicker
 */
export async function saveTicket(
  step: Change,
  ticket: TicketRecord,
  patch: Patch,
  { expectedVersion = ticket.version, quiet = false }: { expectedVersion?: number; quiet?: boolean } = {},
): Promise<TicketRecord> {
  const merged = { ...ticket, ...patch };
  const version = quiet ? ticket.version : ticket.version + 1;
  const saved: TicketRecord = { ...merged, ...placeTicket(merged), updatedAt: step.at, version };
  const { bucket, attentionAt, updatedAt } = saved;
  const written = await step
    .trx('tickets')
    .where({ id: ticket.id, version: expectedVersion })
    .update({ ...patch, bucket, attentionAt, updatedAt, version });
  if (written === 0 || expectedVersion !== ticket.version)
    throw errors.TICKET_CHANGED({ ticketId: ticket.id });
  countMove(step, ticket, saved);
  return saved;
}
