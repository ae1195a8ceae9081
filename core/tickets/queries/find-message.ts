import type { Knex } from 'knex';
import { errors } from '../../errors/errors.js';
import { Message, type MessageRecord } from '../models/message.js';
import { seenBy, type TicketViewer } from '../seen-by.js';

/** A message of a ticket that the viewer may see. @throws MESSAGE_UNKNOWN, for a foreign one too */
export async function findMessage(
  db: Knex,
  messageId: number,
  viewer?: TicketViewer,
): Promise<MessageRecord> {
  const message = await Message.query(db).findById(messageId);
  if (!message) throw errors.MESSAGE_UNKNOWN();
  if (viewer && viewer.lineIds !== 'all') {
    const ticket = db('tickets').where('tickets.id', message.ticketId).first('id');
    seenBy(ticket, viewer);
    if (!(await ticket)) throw errors.MESSAGE_UNKNOWN();
  }
  return message as MessageRecord;
}
