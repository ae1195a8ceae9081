import type { Knex } from 'knex';
import { findPhoneNumbersInText, type CountryCode } from 'libphonenumber-js/min';
import type { ContactCandidate } from '../../contacts/hooks.js';
import { domainOf, isPublicMailDomain } from '../../contacts/public-mail-domains.js';
import { findByIdentity } from '../../contacts/queries/find-by-identity.js';
import { matching } from '../../database/search/index-words.js';
import { fold } from '../../database/search/words.js';
import type { ChannelApp } from '../channel.js';

export interface Writer {
  readonly kind: string;
  /** As identities are compared. */
  readonly normalised: string;
  readonly name: string;
  /** What they wrote, without the quote. */
  readonly text: string;
}

const MOST = 5;
/** A name that more people have says nothing of any of them. */
const NAMESAKES_MOST = 3;

/** Who an unknown writer may be. Everything here is weak: it is shown as a question and never followed. */
export async function suggestContacts(app: ChannelApp, writer: Writer): Promise<ContactCandidate[]> {
  const found = [
    ...(await byPlusAddress(app.db, writer)),
    ...(await byName(app, writer)),
    ...(await byPhoneInText(app, writer)),
  ];
  return found.slice(0, MOST);
}

/** `ivan+shop@firm.example` is delivered to `ivan@firm.example` by most servers. */
async function byPlusAddress(db: Knex, { kind, normalised }: Writer): Promise<ContactCandidate[]> {
  const plain = kind === 'email' ? normalised.replace(/\+[^@]*(?=@)/, '') : normalised;
  if (plain === normalised || plain.startsWith('@')) return [];
  const known = await findByIdentity(db, { kind, normalised: plain });
  if (!known) return [];
  return [{ contactId: known.contactId, strength: 'weak', kind: 'plus-address', detail: plain }];
}

interface Namesake {
  readonly id: number;
  readonly name: string;
}

async function byName(app: ChannelApp, writer: Writer): Promise<ContactCandidate[]> {
  const wanted = nameWords(writer.name);
  if (wanted.length < 2) return [];
  const found = matching(app.database.engine, 'contacts_search', wanted.join(' '));
  if (!found) return [];
  const ids = app.db('contacts_search').select(found.idColumn).whereRaw(found.sql, [found.binding]);
  const rows: Namesake[] = await app
    .db('contacts')
    .whereIn('id', ids)
    .orderBy('id', 'desc')
    .limit(50)
    .select('id', 'name');
  const namesakes = rows.filter(({ name }) => nameWords(name).join(' ') === wanted.join(' '));
  if (namesakes.length === 0) return [];
  const domain = writer.kind === 'email' ? domainOf(writer.normalised) : '';
  const near = await listOfDomain(app.db, { namesakes, domain });
  const sure = namesakes.filter(({ id }) => near.has(id));
  if (sure.length > 0)
    return sure.map(({ id }) => ({
      contactId: id,
      strength: 'weak',
      kind: 'name-and-domain',
      detail: domain,
    }));
  if (namesakes.length > NAMESAKES_MOST) return [];
  return namesakes.map(({ id }) => ({ contactId: id, strength: 'weak', kind: 'name' }));
}

/** Words of a name in one order and case: "Petrov, Ivan" is "ivan petrov". */
const nameWords = (name: string): string[] =>
  fold(name.slice(0, 200))
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word.length > 1)
    .toSorted();

/** Which of them have an address or an organization of a domain; of a public one nobody does. */
async function listOfDomain(
  db: Knex,
  { namesakes, domain }: { namesakes: readonly Namesake[]; domain: string },
): Promise<ReadonlySet<number>> {
  if (domain === '' || isPublicMailDomain(domain)) return new Set();
  const ids = namesakes.map(({ id }) => id);
  const [addresses, hats] = await Promise.all([
    db('identities')
      .where({ kind: 'email' })
      .whereIn('contactId', ids)
      .select<{ contactId: number; normalised: string }[]>('contactId', 'normalised'),
    db('memberships')
      .join('organizations', 'organizations.id', 'memberships.organizationId')
      .whereIn('memberships.contactId', ids)
      .where('organizations.domain', domain)
      .select<{ contactId: number }[]>('memberships.contactId'),
  ]);
  const near = addresses.filter(({ normalised }) => domainOf(normalised) === domain);
  return new Set([...near, ...hats].map(({ contactId }) => contactId));
}

const TEXT_READ = 8000;
const NUMBERS_MOST = 10;

/** A number in a signature. Anybody can write any number, so it proves nothing. */
async function byPhoneInText(app: ChannelApp, { text }: Writer): Promise<ContactCandidate[]> {
  const defaultCountry = (app.company?.country ?? 'RU') as CountryCode;
  const numbers = findPhoneNumbersInText(text.slice(0, TEXT_READ), { defaultCountry })
    .map(({ number }) => number.number as string)
    .slice(0, NUMBERS_MOST);
  if (numbers.length === 0) return [];
  const rows: { contactId: number; normalised: string }[] = await app
    .db('identities')
    .where({ kind: 'phone' })
    .whereIn('normalised', numbers)
    .orderBy('id')
    .select('contactId', 'normalised');
  return rows.map(({ contactId, normalised }) => ({
    contactId,
    strength: 'weak',
    kind: 'phone-in-text',
    detail: normalised,
  }));
}
