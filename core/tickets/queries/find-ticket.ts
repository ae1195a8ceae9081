import type { Knex } from 'knex';
import { errors } from '../../errors/errors.js';
import { Ticket, type TicketRecord } from '../models/ticket.js';
import { seenBy, type TicketViewer } from '../seen-by.js';

/**
 * @param viewer only tickets this agent may see; a foreign one answers as one that does not exist
 * @throws TICKET_UNKNOWN
 */
export async function findTicket(db: Knex, ticketId: number, viewer?: TicketViewer): Promise<TicketRecord> {
  const query = Ticket.query(db).findById(ticketId);
  if (viewer) void query.modify((rows) => seenBy(rows, viewer));
  const ticket = await query;
  if (!ticket) throw errors.TICKET_UNKNOWN();
  return ticket as TicketRecord;
}
