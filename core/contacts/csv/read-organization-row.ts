import type { CsvRecord } from './csv-types.js';
import { Cells } from './read-cells.js';
import { NAME_MOST, NOTE_MOST, type ReadRows } from './read-contact-row.js';
import { readDomain } from './read-domain.js';
import type { RowProblem } from './row-problem.js';
import { readKey } from './sign-key.js';

/** A row of a file of organizations, checked by itself. */
export interface OrganizationRow {
  readonly line: number;
  /** Which one the row is about by an id of this desk. */
  readonly organizationId: number | undefined;
  readonly name: string;
  readonly domain: string;
  readonly note: string;
  readonly problems: readonly RowProblem[];
}

export function readOrganizationRow(record: CsvRecord, how: ReadRows): OrganizationRow {
  const cells = new Cells(record, how.columns);
  const key = cells.text('id', 100);
  return {
    line: record.line,
    organizationId: key ? readKey(how.keys, 'organizations', key) : undefined,
    name: cells.text('name', NAME_MOST),
    domain: readDomain(cells, 'domain'),
    note: cells.text('note', NOTE_MOST),
    problems: cells.problems,
  };
}
