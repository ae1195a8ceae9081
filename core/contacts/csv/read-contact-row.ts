import type { Keys } from '../../database/keys.js';
import { fold } from '../../database/search/words.js';
import { PRIVATE_ROLE } from '../models/contact-role.js';
import { normaliseIdentity } from '../normalise-identity.js';
import { joinColumn, splitColumn, type Column } from './columns.js';
import type { CsvRecord } from './csv-types.js';
import { Cells } from './read-cells.js';
import { readDomain } from './read-domain.js';
import type { RowProblem } from './row-problem.js';
import { readKey } from './sign-key.js';

export interface RowIdentity {
  readonly kind: string;
  readonly value: string;
  readonly normalised: string;
}
export interface RowHat {
  /** '' and no domain: the private person. */
  readonly organization: string;
  readonly domain: string;
  readonly role: string | null;
  readonly title: string;
  readonly column: string;
}
/** A row of a file of contacts, checked by itself. */
export interface ContactRow {
  readonly line: number;
  /** Whom the row is about by an id of this desk. */
  readonly contactId: number | undefined;
  readonly name: string;
  readonly language: string;
  readonly timeZone: string;
  readonly note: string;
  readonly identities: readonly RowIdentity[];
  readonly hats: readonly RowHat[];
  readonly problems: readonly RowProblem[];
}

export interface ReadRows {
  readonly columns: readonly Column[];
  readonly keys: Keys;
  /** For phones without a country code, ISO 3166. */
  readonly country: string;
  /** Keys of roles by their folded names and keys. */
  readonly roles: ReadonlyMap<string, string>;
}

/** Identities of one row: a list of them is no person. */
const MOST_IDENTITIES = 50;
export const NAME_MOST = 255;
export const NOTE_MOST = 10_000;

export function readContactRow(record: CsvRecord, how: ReadRows): ContactRow {
  const cells = new Cells(record, how.columns);
  const identities = readIdentities(cells, how.country);
  const key = cells.text('id', 100);
  return {
    line: record.line,
    contactId: key ? readKey(how.keys, 'contacts', key) : undefined,
    name: readName(cells),
    language: readLanguage(cells),
    timeZone: readTimeZone(cells),
    note: cells.text('note', NOTE_MOST),
    identities,
    hats: readHats(cells, how),
    problems: cells.problems,
  };
}

function readName(cells: Cells): string {
  const whole = cells.text('name', NAME_MOST);
  if (whole) return whole;
  const parts = ['lastName', 'firstName', 'middleName'].map((part) => cells.text(part, NAME_MOST));
  const [last = '', first = '', middle = ''] = parts;
  // Where there is a patronymic the surname comes first.
  const name = (middle ? [last, first, middle] : [first, last]).filter(Boolean).join(' ');
  return name.slice(0, NAME_MOST);
}

const splitting: Readonly<Record<string, RegExp>> = {
  external: /;/,
  email: /[;,\s]+/,
  // A comma in a number that a spreadsheet has cut stands between its digits.
  phone: /[;\n]+|,(?!\d+e\+)/i,
  telegram: /[;,\s]+/,
};

function readIdentities(cells: Cells, country: string): RowIdentity[] {
  const found = new Map<string, RowIdentity>();
  for (const [kind, between] of Object.entries(splitting))
    for (const value of cells.list(kind, between)) {
      const normalised = normaliseIdentity(kind, value, country);
      if (normalised === undefined) cells.refuse(kind, problemOf(kind, value), value);
      else if (!found.has(`${kind}:${normalised}`))
        found.set(`${kind}:${normalised}`, { kind, value, normalised });
    }
  if (found.size > MOST_IDENTITIES) cells.refuse('email', 'many', String(found.size));
  return [...found.values()];
}

// A spreadsheet that took the number for a quantity has cut its last digits off.
const isCut = (value: string) => /^\d([.,]\d+)?e\+?\d+$/i.test(value);
const problemOf = (kind: string, value: string) => (kind === 'phone' && isCut(value) ? 'cutPhone' : kind);

const languages: Readonly<Record<string, string>> = {
  русский: 'ru',
  рус: 'ru',
  russian: 'ru',
  rus: 'ru',
  английский: 'en',
  англ: 'en',
  english: 'en',
  eng: 'en',
};

function readLanguage(cells: Cells): string {
  const text = fold(cells.text('language', 100));
  const code = languages[text] ?? /^([a-z]{2})(?:[-_][a-z]{2,4})?$/.exec(text)?.[1] ?? '';
  if (text && !code) cells.refuse('language', 'language', text);
  return code;
}

const zones = new Map<string, boolean>();

function readTimeZone(cells: Cells): string {
  const zone = cells.text('timeZone', 100);
  if (!zone) return '';
  const isKnown = zones.get(zone) ?? isTimeZone(zone);
  if (zones.size < 1000) zones.set(zone, isKnown);
  if (!isKnown) cells.refuse('timeZone', 'timeZone', zone);
  return isKnown ? zone : '';
}

function isTimeZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

function readHats(cells: Cells, { columns, roles }: ReadRows): RowHat[] {
  const groups = new Set(
    columns
      .flatMap((column) => (column === null ? [] : [splitColumn(column).group]))
      .toSorted((a, b) => a - b),
  );
  return [...groups].flatMap((group) => readHat(cells, { group, roles }) ?? []);
}

/** @returns undefined where nothing says an organization or a private person: a role alone belongs to nobody */
function readHat(
  cells: Cells,
  { group, roles }: { group: number; roles: ReadonlyMap<string, string> },
): RowHat | undefined {
  const at = (field: string) => joinColumn(field, group);
  const organization = cells.text(at('organization'), NAME_MOST);
  const domain = readDomain(cells, at('domain'));
  const named = cells.text(at('role'), NAME_MOST);
  const role = named ? roles.get(fold(named)) : null;
  if (role === undefined) cells.refuse('role', 'role', named);
  if (!organization && !domain && role !== PRIVATE_ROLE) return undefined;
  const title = cells.text(at('title'), NAME_MOST);
  const column = organization || !domain ? 'organization' : 'domain';
  return { organization, domain, role: role ?? null, title, column };
}
