import type { Knex } from 'knex';
import { listDirectingRoles } from '../../contacts/queries/list-contact-roles.js';
import { wornAt } from '../../contacts/worn-at.js';

/**
 * What somebody is to us. `new`: nobody has answered yet, and they wrote within a day or not at all. `neverAnswered`: they
 * wrote longer ago, and nobody has ever answered. `existing`: we have talked. `important`: directs an organization, or
 * belongs to one that is marked.
 */
export interface ContactStatus {
  readonly status: 'new' | 'neverAnswered' | 'existing' | 'important';
  /** A text key that says why. */
  readonly reason: string;
  readonly values: Readonly<Record<string, string>>;
}

const NEW_FOR_MS = 24 * 3_600_000;

/** The status of some contacts, computed from all that is known of them, whoever asks. */
export async function listContactStatuses(
  db: Knex,
  { contactIds, now }: { contactIds: readonly number[]; now: Date },
): Promise<Map<number, ContactStatus>> {
  const ids = [...new Set(contactIds)];
  if (ids.length === 0) return new Map();
  const [hats, tickets] = await Promise.all([listHats(db, ids, now.toISOString()), listTalks(db, ids)]);
  const directing = hats.length > 0 ? await listDirectingRoles(db) : [];
  const longAgo = new Date(now.getTime() - NEW_FOR_MS).toISOString();
  const statusOf = (id: number): ContactStatus => {
    const worn = hats.filter(({ contactId }) => contactId === id);
    const directed = worn.find(({ role }) => directing.includes(role));
    if (directed) return because('important', 'directs', { organization: directed.organization });
    const atRisk = worn.find(({ marked }) => marked === 1);
    if (atRisk) return because('important', 'marked', { organization: atRisk.organization });
    const talk = tickets.get(id);
    if (talk?.answered === 1) return because('existing', 'talked');
    return talk !== undefined && talk.openedAt < longAgo
      ? because('neverAnswered', 'neverAnswered')
      : because('new', 'new');
  };
  return new Map(ids.map((id) => [id, statusOf(id)]));
}

const because = (
  status: ContactStatus['status'],
  reason: string,
  values: ContactStatus['values'] = {},
): ContactStatus => ({ status, reason: `core.contactStatus.because.${reason}`, values });

interface Hat {
  readonly contactId: number;
  readonly organization: string;
  readonly role: string;
  /** 1: the organization is marked. */
  readonly marked: number;
}

/** The hats of today, the oldest first. */
function listHats(db: Knex, ids: readonly number[], at: string): Promise<Hat[]> {
  return db('memberships')
    .join('organizations', 'organizations.id', 'memberships.organizationId')
    .whereIn('memberships.contactId', [...ids])
    .modify((hats) => wornAt(hats, at))
    .orderBy('memberships.id')
    .select<Hat[]>(
      'memberships.contactId',
      'organizations.name as organization',
      'memberships.role',
      db.raw(`case when exists (select 1 from organization_marks where organization_marks.organization_id =
        memberships.organization_id and cleared_at is null) then 1 else 0 end as marked`),
    );
}

interface Talk {
  readonly contactId: number;
  readonly openedAt: string;
  /** 1: somebody of the team wrote to them, or heard them. */
  readonly answered: number;
}

async function listTalks(db: Knex, ids: readonly number[]): Promise<Map<number, Talk>> {
  const rows: Talk[] = await db('tickets')
    .whereIn('contactId', [...ids])
    .groupBy('contactId')
    .select('contactId')
    .min('openedAt as openedAt')
    .select(
      db.raw(`max(case when first_replied_at is not null or exists (select 1 from messages where messages.ticket_id =
        tickets.id and kind <> 'note' and agent_id is not null and cancelled_at is null) then 1 else 0 end) as answered`),
    );
  return new Map(rows.map((row) => [row.contactId, row]));
}
