import type { Knex } from 'knex';
import type { SegmentOf, SegmentRecord, Writer } from '../contract.js';
import { groupBy } from '../facts/group-by.js';

interface TicketOf extends Writer {
  readonly id: number;
}
interface MemberRow {
  readonly contactId: number | null;
  readonly organizationId: number | null;
  readonly segmentId: number | null;
  readonly source: string;
}
interface HatRow {
  readonly id: number;
  readonly contactId: number;
  readonly organizationId: number | null;
  readonly validTo: string | null;
}

/**
 * The segment of each ticket: the contact's own, else that of the organization for which he writes. Without a hat it is
 * the best of the organizations to which he belongs; the private person has no organization's.
 * @param at ISO text: which hats are worn
 */
export async function segmentsOfTickets(
  db: Knex,
  tickets: readonly TicketOf[],
  at: string,
): Promise<Map<number, SegmentRecord>> {
  const contactIds = [...new Set(tickets.map(({ contactId }) => contactId))];
  const known = await readKnown(db, contactIds);
  const found = new Map<number, SegmentRecord>();
  for (const { id, contactId, membershipId } of tickets) {
    const hats = known.hats.get(contactId) ?? [];
    const worn = hats.filter((hat) => (membershipId === null ? isWorn(hat, at) : hat.id === membershipId));
    const chosen = choose(known, contactId, worn);
    if (chosen) found.set(id, chosen.segment);
  }
  return found;
}

/** The same for people in a role, whatever they wrote; in their order. */
export async function segmentsOfWriters(
  db: Knex,
  writers: readonly Writer[],
  at: string,
): Promise<(SegmentRecord | undefined)[]> {
  const asked = writers.map(({ contactId, membershipId }, id) => ({ id, contactId, membershipId }));
  const found = await segmentsOfTickets(db, asked, at);
  return asked.map(({ id }) => found.get(id));
}

/** The same for a contact as such. */
export async function segmentOfContact(
  db: Knex,
  contactId: number,
  at: string,
): Promise<SegmentOf | undefined> {
  const known = await readKnown(db, [contactId]);
  const hats = (known.hats.get(contactId) ?? []).filter((hat) => isWorn(hat, at));
  return choose(known, contactId, hats);
}

const isWorn = ({ validTo }: HatRow, at: string) => validTo === null || validTo > at;

interface Known {
  readonly segments: ReadonlyMap<number, SegmentRecord & { readonly position: number }>;
  readonly contacts: ReadonlyMap<number, MemberRow>;
  readonly organizations: ReadonlyMap<number, MemberRow>;
  readonly hats: ReadonlyMap<number, HatRow[]>;
}

async function readKnown(db: Knex, contactIds: number[]): Promise<Known> {
  const ofContacts = db('memberships').whereIn('contactId', contactIds);
  const [segments, members, hats] = await Promise.all([
    readSegments(db),
    db('routing_members')
      .whereIn('contactId', contactIds)
      .orWhereIn('organizationId', ofContacts.clone().whereNotNull('organizationId').select('organizationId'))
      .select<MemberRow[]>('contactId', 'organizationId', 'segmentId', 'source'),
    ofContacts.select<HatRow[]>('id', 'contactId', 'organizationId', 'validTo'),
  ]);
  return {
    segments: new Map(segments.map((segment) => [segment.id, segment])),
    contacts: new Map(members.flatMap((row) => (row.contactId === null ? [] : [[row.contactId, row]]))),
    organizations: new Map(
      members.flatMap((row) => (row.organizationId === null ? [] : [[row.organizationId, row]])),
    ),
    hats: groupBy(hats, ({ contactId }) => contactId),
  };
}

function choose(
  { segments, contacts, organizations }: Known,
  contactId: number,
  hats: readonly HatRow[],
): SegmentOf | undefined {
  const own = contacts.get(contactId);
  const segment = own?.segmentId ? segments.get(own.segmentId) : undefined;
  if (segment) return { segment, from: 'contact' };
  // By hand in none: the organization's does not count either.
  if (own?.source === 'hand' && own.segmentId === null) return undefined;
  const theirs = hats
    .flatMap(({ organizationId }) => (organizationId === null ? [] : [organizations.get(organizationId)]))
    .flatMap((row) => (row?.segmentId ? [segments.get(row.segmentId)] : []))
    .filter((one) => one !== undefined)
    .toSorted((a, b) => a.position - b.position);
  return theirs[0] ? { segment: theirs[0], from: 'organization' } : undefined;
}

/** In their order, without archived ones. */
export function readSegments(db: Knex): Promise<(SegmentRecord & { readonly position: number })[]> {
  return db('routing_segments')
    .whereNull('archivedAt')
    .orderBy('position')
    .orderBy('id')
    .select('id', 'mark', 'name', 'teamId', 'managerId', 'position');
}
