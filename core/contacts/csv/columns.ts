import type { CsvSubject } from './csv-types.js';

/** Fields of a file of contacts. Those of a hat may come again under a number: `organization:2`. */
export const contactFields = [
  'id',
  'external',
  'name',
  'lastName',
  'firstName',
  'middleName',
  'email',
  'phone',
  'telegram',
  'language',
  'timeZone',
  'note',
  'organization',
  'domain',
  'role',
  'title',
] as const;
export type ContactField = (typeof contactFields)[number];

/** Fields of a file of organizations. */
export const organizationFields = ['id', 'name', 'domain', 'note'] as const;

/** Of a contact's hat; each belongs to the organization of its number. */
export const hatFields: readonly string[] = ['organization', 'domain', 'role', 'title'];

/** May stand in several columns; each cell may hold several, between semicolons. */
export const identityFields: readonly string[] = ['external', 'email', 'phone', 'telegram'];

/** What a column means: a field, or the field of a further hat; null: it is left out. */
export type Column = string | null;

export const fieldsOf = (subject: CsvSubject): readonly string[] =>
  subject === 'contacts' ? contactFields : organizationFields;

/** The field and the number of a column: `title:2` is the title of the second hat. */
export function splitColumn(column: string): { field: string; group: number } {
  const [field = '', number] = column.split(':');
  return { field, group: number === undefined ? 1 : Number(number) };
}

export const joinColumn = (field: string, group: number): string =>
  group === 1 ? field : `${field}:${group}`;

/** Hats that a row can bring. */
export const MOST_HATS = 60;

/** Whether this is a column of such a file. */
export function isColumn(subject: CsvSubject, column: string): boolean {
  const { field, group } = splitColumn(column);
  if (!fieldsOf(subject).includes(field) || joinColumn(field, group) !== column) return false;
  const mayRepeat = subject === 'contacts' && hatFields.includes(field);
  return group === 1 || (mayRepeat && Number.isInteger(group) && group > 1 && group <= MOST_HATS);
}

/** The first column that stands twice and may not; undefined when all is well. */
export function findTwice(columns: readonly Column[]): string | undefined {
  const seen = new Set<string>();
  for (const column of columns) {
    if (column === null || identityFields.includes(column)) continue;
    if (seen.has(column)) return column;
    seen.add(column);
  }
  return undefined;
}
