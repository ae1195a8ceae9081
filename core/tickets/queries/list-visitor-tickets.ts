import type { Knex } from 'knex';
import type { StatusCategory } from '../models/status.js';
import { visibleTo, type Reader, type VisitorScope } from '../visible-to.js';

/** A ticket as its customer sees it in a list. */
export interface VisitorTicket {
  readonly id: number;
  readonly number: number;
  readonly subject: string;
  readonly category: StatusCategory;
  readonly contactId: number;
  /** Who wrote it. */
  readonly contactName: string;
  readonly openedAt: string;
  readonly lastMessageAt: string;
  readonly solvedAt: string | null;
  readonly dueAt: string | null;
  readonly lineId: number | null;
  readonly type: string | null;
}

export interface ListVisitorTickets {
  readonly visitor: Reader;
  readonly scope: VisitorScope;
  /** None: all. */
  readonly categories?: readonly StatusCategory[];
  /** The last row of the page before. */
  readonly after?: { readonly lastMessageAt: string; readonly id: number };
  readonly limit?: number;
}

/** A page of the requests a customer may read, the latest first. */
export async function listVisitorTickets(
  db: Knex,
  { visitor, scope, categories = [], after, limit = 20 }: ListVisitorTickets,
): Promise<{ tickets: VisitorTicket[]; hasMore: boolean }> {
  if (scope === 'organization' && visitor.organizationIds.length === 0)
    return { tickets: [], hasMore: false };
  const query = db('tickets')
    .join('contacts', 'contacts.id', 'tickets.contactId')
    .modify(visibleTo, { reader: visitor, scope })
    .orderBy('tickets.lastMessageAt', 'desc')
    .orderBy('tickets.id', 'desc')
    .limit(limit + 1)
    .select<VisitorTicket[]>(
      'tickets.id',
      'tickets.number',
      'tickets.subject',
      'tickets.category',
      'tickets.contactId',
      'contacts.name as contactName',
      'tickets.openedAt',
      'tickets.lastMessageAt',
      'tickets.solvedAt',
      'tickets.dueAt',
      'tickets.lineId',
      'tickets.type',
    );
  if (categories.length > 0) void query.whereIn('tickets.category', [...categories]);
  if (after)
    void query.where((older) =>
      older
        .where('tickets.lastMessageAt', '<', after.lastMessageAt)
        .orWhere((same) =>
          same.where('tickets.lastMessageAt', after.lastMessageAt).where('tickets.id', '<', after.id),
        ),
    );
  const rows = await query;
  return { tickets: rows.slice(0, limit), hasMore: rows.length > limit };
}
