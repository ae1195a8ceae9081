import type { App } from '../../database/app.js';
import { fold } from '../../database/search/words.js';
import { organizationFields } from './columns.js';
import { noteExport, type ExportTable } from './export-contacts.js';
import { headerOf } from './header-of.js';
import { signKey } from './sign-key.js';
import { BYTE_ORDER_MARK, writeCsvLine } from './write-csv.js';

const PAGE = 500;

interface Row {
  readonly id: number;
  readonly name: string;
  readonly domain: string | null;
  readonly note: string;
}

/** Organizations as a CSV file, as `exportContacts`; `query` is how their names begin. */
export async function* exportOrganizations(app: App, input: ExportTable): AsyncGenerator<string> {
  const { separator, words, query } = input;
  await noteExport(app, { subject: 'organizations', ...input });
  const headers = organizationFields.map((field) => headerOf(words, field));
  yield BYTE_ORDER_MARK + writeCsvLine(headers, separator);
  for (let after = 0; ;) {
    if (input.isAllowed && !(await input.isAllowed())) throw new Error('the right to export is gone');
    const rows = await readPage(app, { after, query });
    const last = rows.at(-1);
    if (!last) return;
    after = last.id;
    yield rows
      .map(({ id, name, domain, note }) => [signKey(app.keys, 'organizations', id), name, domain ?? '', note])
      .map((cells) => writeCsvLine(cells, separator))
      .join('');
  }
}

function readPage(
  { db }: App,
  { after, query }: { after: number; query: string | undefined },
): Promise<Row[]> {
  const rows = db('organizations').where('id', '>', after).orderBy('id').limit(PAGE);
  if (query)
    void rows.whereRaw(`folded like ? escape '\\'`, [
      `${fold(query).replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%`,
    ]);
  return rows.select<Row[]>('id', 'name', 'domain', 'note');
}
