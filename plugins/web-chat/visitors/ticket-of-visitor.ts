import type { Knex } from 'knex';
import type { VisitorRecord } from './visitor.js';

/** The ticket in which a visitor's conversation goes on, if it is open. */
export async function ticketOfVisitor(
  db: Knex,
  { visitor, accountId }: Pick<VisitorRecord, 'visitor' | 'accountId'>,
): Promise<number | undefined> {
  const ticket: { id: number } | undefined = await db('identities')
    .join('tickets', 'tickets.contactId', 'identities.contactId')
    .where({
      'identities.kind': 'web-chat',
      'identities.normalised': visitor,
      'tickets.accountId': accountId,
    })
    .whereNull('tickets.closedAt')
    .orderBy('tickets.lastMessageAt', 'desc')
    .first('tickets.id');
  return ticket?.id;
}

/** Those who may wait for an answer in a ticket. */
export async function visitorsOfTicket(db: Knex, ticketId: number): Promise<string[]> {
  const rows: { normalised: string }[] = await db('identities')
    .join('tickets', 'tickets.contactId', 'identities.contactId')
    .where({ 'tickets.id': ticketId, 'identities.kind': 'web-chat' })
    .select('identities.normalised');
  return rows.map(({ normalised }) => normalised);
}
