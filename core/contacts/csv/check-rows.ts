import { change } from '../../database/change.js';
import { batchRecords } from './batch-records.js';
import { Claims } from './claims.js';
import { noCounts, type ImportingApp, type RowCounts } from './csv-import.js';
import { countPlan, addCounts } from './count-plan.js';
import { BroughtOrganizations } from './known-organizations.js';
import { eachChunk } from './each-chunk.js';
import { planBatch } from './plan-batch.js';
import { readRecords } from './read-file.js';
import type { RowProblem } from './row-problem.js';
import type { PassTools } from './run-pass.js';

/** Rows between two notes of how far it came. */
const NOTE_EVERY = 1000;

/** A dry run: says of every row what it would do, in memory that does not grow with what the rows hold. */
export async function checkRows(app: ImportingApp, tools: PassTools): Promise<'ended'> {
  const { file, rows, signal } = tools;
  if (file.sha256 === null) return 'ended';
  const note = noteTaker(app, tools);
  await note.begin();
  const [claims, brought] = [new Claims(), new BroughtOrganizations()];
  const records = readRecords(app.files, { ...file, sha256: file.sha256 });
  for await (const batch of batchRecords(records, { afterLine: 0 })) {
    signal?.throwIfAborted();
    const plan = await planBatch(app, app.db, { file, records: batch, rows, claims, brought });
    const isOn = await note.add({
      counts: countPlan(plan),
      problems: plan.problems,
      line: batch.at(-1)?.line ?? 0,
    });
    if (!isOn) return 'ended';
  }
  await note.end();
  return 'ended';
}

interface Noted {
  readonly counts: RowCounts;
  readonly problems: readonly RowProblem[];
  readonly line: number;
}

/** Keeps what a dry run finds. Each write names the place it was at: of two that run, one stops. */
function noteTaker(app: ImportingApp, { file, isAllowed }: PassTools) {
  let counts = noCounts;
  let waiting: RowProblem[] = [];
  let line = 0;
  let written = 0;
  let since = 0;

  async function write(more: object = {}): Promise<boolean> {
    if (!(await isAllowed())) return halt();
    return change(app, async ({ trx }) => {
      const touched = await trx('contact_imports')
        .where({ id: file.id, pass: file.pass, state: 'checking', line: written })
        .update({ line, checked: JSON.stringify(counts), ...more });
      if (touched === 0) return false;
      await eachChunk(
        waiting,
        (some) =>
          trx('contact_import_problems').insert(some.map((problem) => ({ importId: file.id, ...problem }))),
        100,
      );
      [waiting, written, since] = [[], line, 0];
      return true;
    });
  }
  async function halt(): Promise<false> {
    await change(app, ({ trx }) =>
      trx('contact_imports')
        .where({ id: file.id, pass: file.pass })
        .update({ state: 'failed', because: 'core.csv.import.rights', pass: file.pass + 1 }),
    );
    return false;
  }

  return {
    /** A dry run that was broken off begins again from its beginning. */
    begin: () =>
      change(app, async ({ trx }) => {
        const place = { id: file.id, pass: file.pass, state: 'checking' };
        const touched = await trx('contact_imports').where(place).update({ line: 0 });
        if (touched === 1) await trx('contact_import_problems').where({ importId: file.id }).delete();
      }),
    async add(noted: Noted): Promise<boolean> {
      counts = addCounts(counts, noted.counts);
      waiting.push(...noted.problems);
      line = noted.line;
      since += noted.counts.new + noted.counts.changed + noted.counts.same + noted.counts.refused;
      return since < NOTE_EVERY || write();
    },
    end: () => write({ state: 'checked', checkedAt: app.now().toISOString() }),
  };
}
