import type { Knex } from 'knex';
import type { App } from '../../database/app.js';
import { change } from '../../database/change.js';
import { matching } from '../../database/search/index-words.js';
import type { Actor } from '../../hooks/catalogue.js';
import { isWorn, wornAt } from '../worn-at.js';
import { hatFields, identityFields, joinColumn, splitColumn } from './columns.js';
import type { CsvSeparator } from './csv-types.js';
import { headerOf, type CsvWords } from './header-of.js';
import { signKey } from './sign-key.js';
import { BYTE_ORDER_MARK, writeCsvLine } from './write-csv.js';

export interface ExportTable {
  /** What the list is searched for; all of it when left out. */
  query?: string;
  separator: CsvSeparator;
  /** Headers in the reader's language. */
  words: CsvWords;
  actor: Actor;
  /** Asked before every page: rights that are gone end the file. */
  isAllowed?: () => Promise<boolean>;
}

const PAGE = 500;
const cardFields = [
  'id',
  'external',
  'name',
  'email',
  'phone',
  'telegram',
  'language',
  'timeZone',
  'note',
] as const;

interface Card {
  readonly id: number;
  readonly name: string;
  readonly language: string | null;
  readonly timeZone: string | null;
  readonly note: string;
}
interface Hat {
  readonly contactId: number;
  readonly organization: string | null;
  readonly domain: string | null;
  readonly role: string;
  readonly title: string | null;
}

/**
 * Contacts as a CSV file, UTF-8 with its mark, in order of id, piece by piece without a limit; those merged into others
 * are left out. Each has as many columns of hats as anybody wears now.
 * @throws Error in the middle when the right is gone
 */
export async function* exportContacts(app: App, input: ExportTable): AsyncGenerator<string> {
  const { separator, words } = input;
  await noteExport(app, { subject: 'contacts', ...input });
  const at = app.now().toISOString();
  const columns = [...cardFields, ...hatColumns(await countHats(app.db, at))];
  yield (
    BYTE_ORDER_MARK +
    writeCsvLine(
      columns.map((column) => headerOf(words, column)),
      separator,
    )
  );
  for (let after = 0; ;) {
    if (input.isAllowed && !(await input.isAllowed())) throw new Error('the right to export is gone');
    const cards = await readPage(app, { after, query: input.query });
    const last = cards.at(-1);
    if (!last) return;
    after = last.id;
    const rows = await presentCards(app, { cards, columns, at });
    yield rows.map((row) => writeCsvLine(row, separator)).join('');
  }
}

export async function noteExport(
  app: App,
  { subject, query, actor }: Pick<ExportTable, 'query' | 'actor'> & { subject: 'contacts' | 'organizations' },
): Promise<void> {
  await change(app, ({ announce }) => {
    announce('contacts.exported', { subject, all: !query, actor });
    return Promise.resolve();
  });
}

async function readPage(
  { db, database }: App,
  { after, query }: { after: number; query: string | undefined },
): Promise<Card[]> {
  const cards = db('contacts')
    .where('contacts.id', '>', after)
    .whereNull('mergedIntoId')
    .orderBy('contacts.id')
    .limit(PAGE);
  if (query) {
    const found = matching(database.engine, 'contacts_search', query);
    if (!found) return [];
    const ids = db('contacts_search').select(found.idColumn).whereRaw(found.sql, [found.binding]);
    void cards.whereIn('contacts.id', ids);
  }
  return cards.select<Card[]>('id', 'name', 'language', 'timeZone', 'note');
}

async function countHats(db: Knex, at: string): Promise<number> {
  const counts = db('memberships')
    .modify((query) => wornAt(query, at))
    .groupBy('contactId')
    .count({ n: '*' });
  const [most] = await db.from(counts.as('counts')).max<{ most: number | string | null }[]>({ most: 'n' });
  return Math.max(1, Number(most?.most ?? 0));
}

const hatColumns = (most: number): string[] =>
  Array.from({ length: most }, (_, i) => hatFields.map((field) => joinColumn(field, i + 1))).flat();

async function presentCards(
  { db, keys }: App,
  { cards, columns, at }: { cards: readonly Card[]; columns: readonly string[]; at: string },
): Promise<string[][]> {
  const ids = cards.map(({ id }) => id);
  const identities: { contactId: number; kind: string; value: string; normalised: string }[] = await db(
    'identities',
  )
    .whereIn('contactId', ids)
    .whereIn('kind', identityFields)
    .orderBy('id')
    .select('contactId', 'kind', 'value', 'normalised');
  const hats: (Hat & { validFrom: string; validTo: string | null })[] = await db('memberships')
    .leftJoin('organizations', 'organizations.id', 'memberships.organizationId')
    .whereIn('contactId', ids)
    .orderBy('memberships.id')
    .select(
      'contactId',
      'organizations.name as organization',
      'domain',
      'role',
      'title',
      'validFrom',
      'validTo',
    );
  return cards.map((card) => {
    const own = identities.filter(({ contactId }) => contactId === card.id);
    const worn = hats.filter((hat) => hat.contactId === card.id && isWorn(hat, at));
    const ofKind = (kind: string) =>
      own
        .filter((identity) => identity.kind === kind)
        // A phone as it is compared: it is right in every country.
        .map(({ value, normalised }) => (kind === 'phone' ? normalised : value.replaceAll(';', ' ')));
    return columns.map((column) => {
      const { field, group } = splitColumn(column);
      if (field === 'id') return signKey(keys, 'contacts', card.id);
      if (identityFields.includes(field)) return ofKind(field).join('; ');
      if (hatFields.includes(field)) return cellOfHat(worn[group - 1], field);
      return card[field as 'name'] ?? '';
    });
  });
}

function cellOfHat(hat: Hat | undefined, field: string): string {
  return hat?.[field as 'organization'] ?? '';
}
