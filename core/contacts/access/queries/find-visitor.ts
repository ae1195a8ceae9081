import type { Knex } from 'knex';
import { isToken } from '../../../agents/models/agent-token.js';
import { findViewer } from '../../../agents/queries/find-viewer.js';
import { hashToken } from '../../../database/keys.js';
import { builtinRoles } from '../../models/contact-role.js';
import type { Visitor } from '../models/visitor.js';

export interface FoundVisitor {
  readonly visitor: Visitor;
  readonly lastSeenAt: string;
}

/** The session, once for each role at an organization that its contact has now. */
interface SessionRow extends Omit<
  Visitor,
  'hasOrganization' | 'organizationIds' | 'answeredOrganizationIds' | 'lineIds'
> {
  readonly lastSeenAt: string;
  readonly organizationId: number | null;
  readonly role: string | null;
  readonly sees: number | null;
}

/**
 * Who holds this token now, in one query: every page of a customer asks. Dead when it is over, its contact was merged
 * into another, its address was taken off or is another contact's now, or the agent who looks has been disabled. An
 * agent sees no more of a customer here than in the desk.
 */
export async function findVisitor(db: Knex, token: string, now: Date): Promise<FoundVisitor | null> {
  if (!isToken(token)) return null;
  const at = now.toISOString();
  const rows = await db('contact_sessions as s')
    .join('contacts as c', 'c.id', 's.contactId')
    .leftJoin('identities as i', (on) => on.on('i.id', 's.identityId').on('i.contactId', 's.contactId'))
    .leftJoin('memberships as m', (on) => joinWorn(on, db.raw('?', [at])))
    .leftJoin('contact_roles as r', 'r.key', 'm.role')
    .where('s.hash', hashToken(token))
    .where('s.expiresAt', '>', at)
    .whereNull('c.mergedIntoId')
    .where((how) => how.whereNotNull('s.viewedBy').orWhereNotNull('i.verifiedAt'))
    .select<SessionRow[]>(
      's.contactId',
      'c.name',
      'c.language',
      'c.timeZone',
      's.id as sessionId',
      's.identityId',
      's.viewedBy',
      's.lastSeenAt',
      'm.organizationId',
      'm.role',
      'r.seesOrganization as sees',
    );
  const [first] = rows;
  if (!first) return null;
  const agent = first.viewedBy === null ? null : await findViewer(db, first.viewedBy);
  if (agent === undefined) return null;
  const visitor = { ...toVisitor(first, rows), lineIds: agent?.lineIds ?? ('all' as const) };
  return { visitor, lastSeenAt: first.lastSeenAt };
}

/** As `wornAt` has it, of roles at organizations alone. */
function joinWorn(on: Knex.JoinClause, at: Knex.Raw): void {
  on.on('m.contactId', 's.contactId')
    .onNotNull('m.organizationId')
    .on('m.validFrom', '<=', at)
    .on((open) => open.onNull('m.validTo').orOn('m.validTo', '>', at));
}

const seeing = builtinRoles.filter(({ seesOrganization }) => seesOrganization).map(({ key }) => key);

// A built-in role has a row only once the company has said something of it.
const maySee = ({ role, sees }: SessionRow) =>
  sees === null ? role !== null && seeing.includes(role) : sees > 0;
const mayAnswer = ({ sees }: SessionRow) => sees === 2;

const organizationsOf = (rows: readonly SessionRow[]) => [
  ...new Set(rows.flatMap(({ organizationId }) => organizationId ?? [])),
];

function toVisitor(
  { contactId, name, language, timeZone, sessionId, identityId, viewedBy }: SessionRow,
  rows: readonly SessionRow[],
): Omit<Visitor, 'lineIds'> {
  return {
    contactId,
    name,
    language,
    timeZone,
    sessionId,
    identityId,
    viewedBy,
    hasOrganization: rows.some(({ organizationId }) => organizationId !== null),
    organizationIds: organizationsOf(rows.filter(maySee)),
    answeredOrganizationIds: organizationsOf(rows.filter(mayAnswer)),
  };
}
