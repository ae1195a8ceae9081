import type { HostApp } from '@helpdesk/core';

/** Everything the portal could change of a customer, to compare before and after somebody else was there. */
export async function belongingsOf({ db }: HostApp, contactId: number): Promise<unknown> {
  const tickets = await db('tickets').where({ contactId }).orderBy('id');
  const ids: number[] = tickets.map(({ id }: { id: number }) => id);
  const ofContact = (table: string, by: string) => db(table).where({ contactId }).orderBy(by);
  const [contact, identities, memberships, passwords, sessions, messages, deliveries] = await Promise.all([
    db('contacts').where({ id: contactId }),
    ofContact('identities', 'id'),
    ofContact('memberships', 'id'),
    ofContact('contact_passwords', 'setAt'),
    ofContact('contact_sessions', 'id').select('id', 'expiresAt'),
    db('messages').whereIn('ticketId', ids).orderBy('id').select('id', 'text', 'cancelledAt'),
    db('deliveries').whereIn('ticketId', ids).count({ count: '*' }),
  ]);
  return { contact, identities, memberships, passwords, sessions, tickets, messages, deliveries };
}
