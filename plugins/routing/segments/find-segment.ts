import { errors, parseJson } from '@helpdesk/core';
import type { Knex } from 'knex';
import { SegmentRule } from '../conditions/condition.js';
import type { SegmentRecord } from '../contract.js';

export interface FullSegment extends SegmentRecord {
  readonly version: number;
  readonly rule: SegmentRule | null;
}

/** @throws NOT_FOUND, also for an archived one */
export async function findSegment(db: Knex, id: number): Promise<FullSegment> {
  const row = (await db('routing_segments').where({ id }).whereNull('archivedAt').first()) as
    | (Omit<FullSegment, 'rule'> & { rule: string | null })
    | undefined;
  if (!row) throw errors.NOT_FOUND();
  const { mark, name, teamId, managerId, version } = row;
  const rule = row.rule === null ? null : SegmentRule.parse(parseJson<unknown>(row.rule, null));
  return { id, mark, name, teamId, managerId, version, rule };
}

/** How many contacts and organizations each segment has, by how they came in. */
export async function countMembers(
  db: Knex,
): Promise<{ segmentId: number; source: string; contacts: number; organizations: number }[]> {
  const rows: { segmentId: number; source: string; contacts: number; organizations: number }[] = await db(
    'routing_members',
  )
    .whereNotNull('segmentId')
    .groupBy('segmentId', 'source')
    .select('segmentId', 'source')
    .count({ contacts: 'contactId', organizations: 'organizationId' });
  return rows.map((row) => ({
    ...row,
    contacts: Number(row.contacts),
    organizations: Number(row.organizations),
  }));
}

export interface MemberOf {
  readonly id: number;
  readonly contactId: number | null;
  readonly organizationId: number | null;
  readonly name: string;
  readonly source: string;
  readonly since: string;
}

/** Who is in a segment, in the order in which they came in; a page begins behind an id. */
export async function listMembersOf(
  db: Knex,
  { segmentId, after = 0, limit }: { segmentId: number; after?: number; limit: number },
): Promise<MemberOf[]> {
  return db('routing_members')
    .leftJoin('contacts', 'contacts.id', 'routing_members.contactId')
    .leftJoin('organizations', 'organizations.id', 'routing_members.organizationId')
    .where('routing_members.segmentId', segmentId)
    .where('routing_members.id', '>', after)
    .orderBy('routing_members.id')
    .limit(limit)
    .select<MemberOf[]>(
      'routing_members.id',
      'routing_members.contactId',
      'routing_members.organizationId',
      'routing_members.source',
      'routing_members.since',
      db.raw('coalesce(contacts.name, organizations.name) as name'),
    );
}
