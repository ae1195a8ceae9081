import type { Knex } from 'knex';
import type { App } from '../../database/app.js';
import { matching } from '../../database/search/index-words.js';
import { wornAt } from '../worn-at.js';
import { seenBy, type TicketViewer } from '../../tickets/seen-by.js';

export interface ContactRow {
  readonly id: number;
  readonly name: string;
  /** Tickets that the viewer may see; null when none was named. */
  readonly ticketCount: number | null;
  readonly updatedAt: string;
  readonly email: string | null;
  readonly organization: string | null;
}

export interface ListContacts {
  /** Words of the name, or parts of an address or number. */
  query?: string;
  /** For whom tickets are counted. */
  viewer?: TicketViewer;
  /** The last row of the page before. */
  after?: { name: string; id: number };
  limit?: number;
}

/** Contacts by name, a page at a time; with a query the newest matches. */
export async function listContacts(
  app: App,
  { query, viewer, after, limit = 50 }: ListContacts,
): Promise<ContactRow[]> {
  const { db } = app;
  const rows = db('contacts')
    .whereNull('contacts.mergedIntoId')
    .select<ContactRow[]>('contacts.id', 'contacts.name', 'contacts.updatedAt')
    .select(
      viewer ? countSeen(db, viewer).as('ticketCount') : db.raw('null as ticket_count'),
      db('identities')
        .where({ kind: 'email' })
        .whereRaw('identities.contact_id = contacts.id')
        .min('value')
        .as('email'),
      db('memberships')
        .join('organizations', 'organizations.id', 'memberships.organizationId')
        .whereRaw('memberships.contact_id = contacts.id')
        .modify((worn) => wornAt(worn, app.now().toISOString()))
        .min('organizations.name')
        .as('organization'),
    )
    .limit(limit);
  if (query) {
    const found = matching(app.database.engine, 'contacts_search', query);
    if (!found) return [];
    const ids = db('contacts_search').select(found.idColumn).whereRaw(found.sql, [found.binding]);
    return rows.whereIn('contacts.id', ids).orderBy('contacts.id', 'desc');
  }
  if (after) rows.whereRaw('(contacts.name, contacts.id) > (?, ?)', [after.name, after.id]);
  return rows.orderBy('contacts.name').orderBy('contacts.id');
}

function countSeen(db: Knex, viewer: TicketViewer): Knex.QueryBuilder {
  const tickets = db('tickets').whereRaw('tickets.contact_id = contacts.id').count('*');
  seenBy(tickets, viewer);
  return tickets;
}
