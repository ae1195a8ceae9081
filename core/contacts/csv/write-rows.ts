import type { Knex } from 'knex';
import { change, type Change } from '../../database/change.js';
import type { Actor } from '../../hooks/catalogue.js';
import { batchRecords } from './batch-records.js';
import { Claims } from './claims.js';
import { addCounts, countPlan, weighPlan } from './count-plan.js';
import type { CsvImport, ImportingApp } from './csv-import.js';
import type { CsvRecord } from './csv-types.js';
import { BroughtOrganizations } from './known-organizations.js';
import { eachChunk } from './each-chunk.js';
import { tryAgain } from './overtaken.js';
import { planBatch, type BatchPlan } from './plan-batch.js';
import { readRecords } from './read-file.js';
import type { PassTools } from './run-pass.js';
import { writeContacts } from './write-contacts.js';
import { writeOrganizations } from './write-organizations.js';

/** Events that one statement may hold on SQLite, with room to spare. */
const EVENTS_MOST = 400;

/** Writes the rows that the dry run had nothing against, batch by batch, each with its place in the file. */
export async function writeRows(app: ImportingApp, tools: PassTools): Promise<'more' | 'ended'> {
  const { file, signal, most, isAllowed } = tools;
  if (file.sha256 === null) return 'ended';
  const records = readRecords(app.files, { ...file, sha256: file.sha256 });
  let now = file;
  let done = 0;
  for await (const batch of batchRecords(records, { afterLine: file.line })) {
    signal?.throwIfAborted();
    if (done >= most) return 'more';
    if (!(await isAllowed())) return halt(app, now);
    for (let rest = batch; rest.length > 0;) {
      const written = await writeSome(app, { tools, file: now, records: rest });
      if (!written) return 'ended';
      now = written.file;
      rest = rest.slice(written.taken);
    }
    done += batch.length;
  }
  await finish(app, now);
  return 'ended';
}

interface Some {
  readonly tools: PassTools;
  readonly file: CsvImport;
  readonly records: readonly CsvRecord[];
}

/** Somebody may change what was looked up: then it is looked up again. @returns undefined when another start took over */
function writeSome(app: ImportingApp, some: Some): Promise<{ file: CsvImport; taken: number } | undefined> {
  return tryAgain(() => change(app, (step) => writeBatch(app, step, some)));
}

async function writeBatch(
  app: ImportingApp,
  step: Change,
  { tools, file, records }: Some,
): Promise<{ file: CsvImport; taken: number } | undefined> {
  const { trx } = step;
  const refused = await refusedLines(trx, file, records);
  const open = records.filter(({ line }) => !refused.has(line));
  const hold = (ids: readonly number[]) => holdContacts(trx, ids);
  const [claims, brought] = [new Claims(), new BroughtOrganizations()];
  const plan = await planBatch(app, trx, { file, records: open, rows: tools.rows, claims, brought, hold });
  if (weighPlan(plan) > EVENTS_MOST && records.length > 1)
    return writeBatch(app, step, { tools, file, records: records.slice(0, Math.ceil(records.length / 2)) });
  const line = records.at(-1)?.line ?? file.line;
  const counts = countPlan(plan);
  const written = addCounts(file.written, { ...counts, refused: counts.refused + refused.size });
  const touched = await trx('contact_imports')
    .where({ id: file.id, pass: file.pass, state: 'running', line: file.line })
    .update({ line, written: JSON.stringify(written) });
  if (touched === 0) return undefined;
  await writePlan(app, step, { plan, file });
  return { file: { ...file, line, written }, taken: records.length };
}

/** Who works: the agent who started it, by the door of imports. */
export const importActor = ({ agentId }: Pick<CsvImport, 'agentId'>): Actor =>
  agentId === null
    ? { kind: 'system', id: 'import', door: 'import' }
    : { kind: 'agent', id: agentId, door: 'import' };

async function writePlan(
  app: ImportingApp,
  step: Change,
  { plan, file }: { plan: BatchPlan; file: CsvImport },
): Promise<void> {
  const actor = importActor(file);
  await writeContacts(app, step, { works: plan.contacts, actor });
  await writeOrganizations(step, { works: plan.organizations, actor });
  await eachChunk(
    plan.problems,
    (some) =>
      step.trx('contact_import_problems').insert(some.map((problem) => ({ importId: file.id, ...problem }))),
    100,
  );
}

/** What the dry run refused is not written, also when it would go by now: only what was shown is done. */
async function refusedLines(
  trx: Knex,
  { id }: CsvImport,
  records: readonly CsvRecord[],
): Promise<ReadonlySet<number>> {
  const [first, last] = [records[0]?.line ?? 0, records.at(-1)?.line ?? 0];
  const rows: { line: number }[] = await trx('contact_import_problems')
    .where({ importId: id })
    .whereBetween('line', [first, last])
    .distinct('line');
  return new Set(rows.map(({ line }) => line));
}

/** Keeps merges away; those who were merged since their identity was found are looked up again. */
async function holdContacts(trx: Knex.Transaction, ids: readonly number[]): Promise<void> {
  await eachChunk(ids, async (some) => {
    const query = trx('contacts').whereIn('id', some).orderBy('id').select('id');
    // SQLite has one writer; its dialect knows no row locks.
    if (trx.client.config.client === 'pg') void query.forUpdate();
    await query;
  });
}

async function halt(app: ImportingApp, { id, pass }: CsvImport): Promise<'ended'> {
  await change(app, ({ trx }) =>
    trx('contact_imports')
      .where({ id, pass, state: 'running' })
      .update({ state: 'failed', because: 'core.csv.import.rights', pass: pass + 1 }),
  );
  return 'ended';
}

async function finish(app: ImportingApp, file: CsvImport): Promise<void> {
  const { id, pass, line, subject, written } = file;
  await change(app, async ({ trx, at, announce }) => {
    const touched = await trx('contact_imports')
      .where({ id, pass, state: 'running', line })
      .update({ state: 'done', endedAt: at });
    if (touched === 0) return;
    const { new: created, changed, same, refused } = written;
    const actor = importActor(file);
    announce('contacts.imported', { importId: id, subject, created, changed, same, refused, actor });
  });
}
