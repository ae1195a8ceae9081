import type { Change } from '../database/change.js';
import { errors } from '../errors/errors.js';
import type { TicketRecord } from './models/ticket.js';

/**
 * A ticket read inside a transaction and held to its end: another change of it waits, and then rests on what this one
 * wrote.
 * @throws TICKET_UNKNOWN
 */
export async function holdTicket({ trx }: Change, ticketId: number): Promise<TicketRecord> {
  const query = trx('tickets').where({ id: ticketId }).first();
  // SQLite has one writer; its dialect knows no row locks.
  if (trx.client.config.client === 'pg') void query.forUpdate();
  const ticket = (await query) as TicketRecord | undefined;
  if (!ticket) throw errors.TICKET_UNKNOWN();
  return ticket;
}
