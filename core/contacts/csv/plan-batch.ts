import type { Knex } from 'knex';
import type { App } from '../../database/app.js';
import type { Claims } from './claims.js';
import type { CsvImport } from './csv-import.js';
import type { CsvRecord } from './csv-types.js';
import { BroughtOrganizations, findKnownOrganizations } from './known-organizations.js';
import { findKnownPeople } from './known-people.js';
import { tryAgain } from './overtaken.js';
import { planContact, type ContactWork } from './plan-contact.js';
import { planOrganization, type OrganizationWork } from './plan-organization.js';
import { readContactRow, type ReadRows } from './read-contact-row.js';
import { readOrganizationRow } from './read-organization-row.js';
import { rowProblem, type RowProblem } from './row-problem.js';

/** What a few rows would do, and what is wrong with the others. */
export interface BatchPlan {
  readonly contacts: readonly ContactWork[];
  readonly organizations: readonly OrganizationWork[];
  readonly problems: readonly RowProblem[];
}

export interface PlanBatch {
  readonly file: CsvImport;
  readonly records: readonly CsvRecord[];
  readonly rows: Omit<ReadRows, 'columns' | 'keys'>;
  /** Whom earlier rows are about. */
  readonly claims: Claims;
  /** What earlier rows bring and nobody has written. */
  readonly brought: BroughtOrganizations;
  /** Keeps contacts from being merged until the transaction ends. */
  readonly hold?: (ids: readonly number[]) => Promise<void>;
}

/** Decides what rows do, by what `db` holds now and what earlier rows of the file are about. */
export async function planBatch(app: App, db: Knex, input: PlanBatch): Promise<BatchPlan> {
  return input.file.subject === 'contacts' ? planContacts(app, db, input) : planOrganizations(app, db, input);
}

async function planContacts(app: App, db: Knex, input: PlanBatch): Promise<BatchPlan> {
  const { file, records, brought, hold } = input;
  const how = { ...input.rows, columns: file.columns, keys: app.keys };
  const rows = records.map((record) => readContactRow(record, how));
  const at = app.now().toISOString();
  const people = await look(() => findKnownPeople(db, rows, { at, ...(hold ? { hold } : {}) }), {
    isHeld: hold !== undefined,
  });
  const wanted = rows.flatMap(({ hats }) =>
    hats.map(({ organization, domain }) => ({ name: organization, domain })),
  );
  const organizations = await findKnownOrganizations(db, wanted, { brought });
  const tools = { people, organizations, brought, overwrite: file.overwrites };
  const contacts: ContactWork[] = [];
  const problems: RowProblem[] = [];
  for (const row of rows) {
    const plan = planContact(row, tools);
    const refused = plan.kind === 'refused' ? plan.problems : claim(input.claims, plan);
    if (plan.kind !== 'refused' && refused.length === 0) contacts.push(plan);
    problems.push(...refused);
  }
  return { contacts, organizations: [], problems };
}

async function planOrganizations(app: App, db: Knex, input: PlanBatch): Promise<BatchPlan> {
  const { file, records, brought } = input;
  const how = { ...input.rows, columns: file.columns, keys: app.keys };
  const rows = records.map((record) => readOrganizationRow(record, how));
  const ids = rows.flatMap(({ organizationId }) => organizationId ?? []);
  const known = await findKnownOrganizations(db, rows, { ids, brought });
  const organizations: OrganizationWork[] = [];
  const problems: RowProblem[] = [];
  for (const row of rows) {
    const plan = planOrganization(row, { known, overwrite: file.overwrites });
    const refused = plan.kind === 'refused' ? plan.problems : claim(input.claims, plan);
    if (plan.kind !== 'refused' && refused.length === 0) organizations.push(plan);
    problems.push(...refused);
  }
  return { contacts: [], organizations, problems };
}

/** Nothing was decided yet, so it can be asked again; in a transaction that waits for its own try. */
const look = <T>(ask: () => Promise<T>, { isHeld }: { isHeld: boolean }): Promise<T> =>
  isHeld ? ask() : tryAgain(ask);

/** A row that is about somebody of an earlier row is refused: which of the two is right, nobody can tell. */
function claim(claims: Claims, { line, keys }: { line: number; keys: readonly string[] }): RowProblem[] {
  const before = claims.claim(line, keys);
  if (!before) return [];
  const [kind = ''] = before.key.split(':', 1);
  const field = ['contact', 'organization'].includes(kind) ? 'id' : kind;
  return [rowProblem(line, field, 'repeated', String(before.line))];
}
