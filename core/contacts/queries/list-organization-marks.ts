import type { Knex } from 'knex';

export interface OrganizationMarkRecord {
  readonly id: number;
  readonly organizationId: number;
  readonly organization: string;
  readonly reason: string;
  /** Whose case it was. */
  readonly contactId: number | null;
  readonly contact: string | null;
  /** Which case; its line and owner tell who may see it. */
  readonly ticketId: number | null;
  readonly number: number | null;
  readonly lineId: number | null;
  readonly assigneeId: number | null;
  readonly note: string;
  readonly markedAt: string;
  readonly clearedAt: string | null;
  readonly clearedBy: number | null;
  readonly clearNote: string | null;
}

/** Marks of some organizations, the newest first; at most 100. Without `includeCleared` only those that stand. */
export async function listOrganizationMarks(
  db: Knex,
  {
    organizationIds,
    includeCleared = false,
  }: { organizationIds: readonly number[]; includeCleared?: boolean },
): Promise<OrganizationMarkRecord[]> {
  if (organizationIds.length === 0) return [];
  const rows = db('organization_marks')
    .join('organizations', 'organizations.id', 'organization_marks.organizationId')
    .leftJoin('contacts', 'contacts.id', 'organization_marks.contactId')
    .leftJoin('tickets', 'tickets.id', 'organization_marks.ticketId')
    .whereIn('organization_marks.organizationId', [...new Set(organizationIds)])
    .orderBy('organization_marks.markedAt', 'desc')
    .orderBy('organization_marks.id', 'desc')
    .limit(100)
    .select<OrganizationMarkRecord[]>(
      'organization_marks.*',
      'organizations.name as organization',
      'contacts.name as contact',
      'tickets.number',
      'tickets.lineId',
      'tickets.assigneeId',
    );
  if (!includeCleared) void rows.whereNull('organization_marks.clearedAt');
  return rows;
}
