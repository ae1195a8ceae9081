import type { TicketRecord } from '@helpdesk/core';
import type { Knex } from 'knex';
import { segmentManager } from './segment-manager.js';

export interface FoundManager {
  readonly agentId: number;
  /** By what he is theirs. */
  readonly of: 'contact' | 'organization' | 'segment';
}

/**
 * The account manager of whoever wrote a ticket: the contact's own; else that of the organization for which he writes, or of the
 * only one with a manager; else that of the segment.
 */
export async function findManager(
  db: Knex,
  { contactId, membershipId }: Pick<TicketRecord, 'contactId' | 'membershipId'>,
  now: Date,
): Promise<FoundManager | null> {
  const own: { agentId: number } | undefined = await db('routing_managers')
    .where({ contactId })
    .first('agentId');
  if (own) return { agentId: own.agentId, of: 'contact' };
  const ofOrganization = await organizationManager(db, { contactId, membershipId, now });
  if (ofOrganization !== undefined) return { agentId: ofOrganization, of: 'organization' };
  const ofSegment = await segmentManager(db, { contactId, membershipId, now });
  return ofSegment === null ? null : { agentId: ofSegment, of: 'segment' };
}

async function organizationManager(
  db: Knex,
  { contactId, membershipId, now }: { contactId: number; membershipId: number | null; now: Date },
): Promise<number | undefined> {
  const rows: { id: number; agentId: number }[] = await db('memberships')
    .join('routing_managers', 'routing_managers.organizationId', 'memberships.organizationId')
    .where('memberships.contactId', contactId)
    .where((worn) =>
      worn.whereNull('memberships.validTo').orWhere('memberships.validTo', '>', now.toISOString()),
    )
    .select('memberships.id', 'routing_managers.agentId');
  if (membershipId !== null) return rows.find(({ id }) => id === membershipId)?.agentId;
  const managers = [...new Set(rows.map(({ agentId }) => agentId))];
  return managers.length === 1 ? managers[0] : undefined;
}
