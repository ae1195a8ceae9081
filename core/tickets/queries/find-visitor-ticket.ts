import type { Knex } from 'knex';
import { errors } from '../../errors/errors.js';
import type { TicketRecord } from '../models/ticket.js';
import { visibleTo, type Reader } from '../visible-to.js';

/** A ticket by the number that people say, if the customer may read it; a foreign one is unknown. @throws TICKET_UNKNOWN */
export async function findVisitorTicket(
  db: Knex,
  { visitor, number }: { visitor: Reader; number: number },
): Promise<TicketRecord> {
  if (!Number.isSafeInteger(number) || number < 1) throw errors.TICKET_UNKNOWN();
  const ticket = await db('tickets')
    .where({ number })
    .modify(visibleTo, { reader: visitor })
    .first<TicketRecord | undefined>('tickets.*');
  if (!ticket) throw errors.TICKET_UNKNOWN();
  return ticket;
}
