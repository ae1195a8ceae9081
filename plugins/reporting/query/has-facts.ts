import { seenBy, type TicketViewer } from '@helpdesk/core';
import type { Knex } from 'knex';

/** Whether there is any ticket that a reader may see. */
export async function hasFacts(db: Knex, viewer: TicketViewer): Promise<boolean> {
  const found: unknown = await db('reporting_tickets')
    .join('tickets', 'tickets.id', 'reporting_tickets.ticketId')
    .modify((rows) => seenBy(rows, viewer))
    .first('reporting_tickets.ticketId');
  return found !== undefined;
}
