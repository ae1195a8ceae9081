import type { Knex } from 'knex';
import { seenBy } from './seen-by.js';
import type { Visitor } from '../contacts/access/models/visitor.js';

/** Whose requests a customer looks at: their own, or those that were written for their organizations. */
export type VisitorScope = 'mine' | 'organization';

/** A visitor as far as rights go. */
export type Reader = Pick<Visitor, 'contactId' | 'organizationIds'> &
  Partial<Pick<Visitor, 'viewedBy' | 'lineIds'>>;

/**
 * Narrows a query on `tickets` to what a customer may read: their own, and what was written in a role at an organization
 * that they may read for. Nobody reads a ticket while strong signs disagree on who wrote it; the portal knows who did.
 */
export function visibleTo(
  tickets: Knex.QueryBuilder,
  { reader, scope }: { reader: Reader; scope?: VisitorScope },
): void {
  const { contactId, organizationIds, viewedBy, lineIds = 'all' } = reader;
  if (viewedBy) seenBy(tickets, { agentId: viewedBy, lineIds });
  const ofOrganizations = (rows: Knex.QueryBuilder) =>
    rows
      .select('memberships.id')
      .from('memberships')
      .whereIn('memberships.organizationId', [...organizationIds]);
  void tickets.where((known) =>
    known.whereNull('tickets.undecidedSince').orWhere('tickets.channel', 'portal'),
  );
  if (scope === 'mine') void tickets.where('tickets.contactId', contactId);
  else if (scope === 'organization')
    void tickets.whereIn('tickets.membershipId', (rows) => void ofOrganizations(rows));
  else
    void tickets.where((either) => {
      void either.where('tickets.contactId', contactId);
      if (organizationIds.length > 0)
        void either.orWhereIn('tickets.membershipId', (rows) => void ofOrganizations(rows));
    });
}
