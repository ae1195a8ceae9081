import type { Knex } from 'knex';
import { wornAt } from '../../contacts/worn-at.js';
import { pickHat, type HatCase, type HatClues, type PickedHat, type WornHat } from '../pick-hat.js';

export interface GuessHat {
  contactId: number;
  lineId: number | null;
  /** The address or number that they wrote or called from; '' when it is not known. */
  address: string;
  channel: string;
  subject: string | null;
  now: Date;
}

/** How many of the newest tickets are looked at. */
export const HAT_CASES = 30;

/** In which role somebody writes, with the reason as a text key and its values. Null: not known. See `pickHat`. */
export async function guessHat(db: Knex, asked: GuessHat): Promise<PickedHat | null> {
  const hats = await listWorn(db, asked);
  // Most people have none or one.
  if (hats.length < 2) return pickHat({ ...unknown(asked), hats });
  const [identifier, line, own, colleagues] = await Promise.all([
    findIdentifier(db, asked),
    findLine(db, asked.lineId),
    casesOf(db).where('tickets.contactId', asked.contactId),
    casesOfColleagues(db, { hats, contactId: asked.contactId }),
  ]);
  const { contactId, channel, subject } = asked;
  const cases = [...own, ...colleagues].map((row): HatCase => ({
    ...row,
    isOpen: row.bucket !== 'done',
    isOwn: row.contactId === contactId,
  }));
  return pickHat({ hats, identifier, line, channel, subject, cases });
}

const unknown = ({ address, channel, subject, lineId }: GuessHat): Omit<HatClues, 'hats'> => ({
  identifier: { value: address, label: null, membershipId: null },
  line: { id: lineId ?? 0, name: '', audience: null },
  channel,
  subject,
  cases: [],
});

async function listWorn(db: Knex, { contactId, now }: GuessHat): Promise<WornHat[]> {
  const at = now.toISOString();
  return db('memberships')
    .leftJoin('organizations', 'organizations.id', 'memberships.organizationId')
    .where({ contactId })
    .modify((hats) => wornAt(hats, at))
    .orderBy('memberships.id')
    .select<WornHat[]>(
      'memberships.id',
      'memberships.organizationId',
      'organizations.name as organization',
      'organizations.domain',
    );
}

async function findIdentifier(db: Knex, { contactId, address }: GuessHat): Promise<HatClues['identifier']> {
  const known: { label: string | null; membershipId: number | null } | undefined = await db('identities')
    .where({ contactId })
    .where((spelled) => spelled.where('normalised', address.toLowerCase()).orWhere('value', address))
    .first('label', 'membershipId');
  return { value: address, label: known?.label ?? null, membershipId: known?.membershipId ?? null };
}

async function findLine(db: Knex, lineId: number | null): Promise<HatClues['line']> {
  const line: HatClues['line'] | undefined =
    lineId === null ? undefined : await db('lines').where({ id: lineId }).first('id', 'name', 'audience');
  return line ?? { id: 0, name: '', audience: null };
}

type CaseRow = Omit<HatCase, 'isOpen' | 'isOwn'> & { readonly bucket: string; readonly contactId: number };

const casesOf = (db: Knex) =>
  db('tickets')
    .leftJoin('memberships', 'memberships.id', 'tickets.membershipId')
    .orderBy('tickets.lastMessageAt', 'desc')
    .orderBy('tickets.id', 'desc')
    .limit(HAT_CASES)
    .select<CaseRow[]>(
      'tickets.number',
      'tickets.subject',
      'tickets.channel',
      'tickets.lineId',
      'tickets.bucket',
      'tickets.contactId',
      'tickets.membershipId',
      'memberships.organizationId',
    );

/** Open tickets of others of the same organizations. */
async function casesOfColleagues(
  db: Knex,
  { hats, contactId }: { hats: readonly WornHat[]; contactId: number },
): Promise<CaseRow[]> {
  const organizations = hats.flatMap(({ organizationId }) => organizationId ?? []);
  if (organizations.length === 0) return [];
  return casesOf(db)
    .whereIn('tickets.membershipId', (worn: Knex.QueryBuilder) =>
      worn.from('memberships').whereIn('organizationId', organizations).select('id'),
    )
    .whereNot('tickets.contactId', contactId)
    .whereNot('tickets.bucket', 'done');
}
