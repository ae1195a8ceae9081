import type { Knex } from 'knex';
import type { App } from '../../database/app.js';
import { change } from '../../database/change.js';
import type { Actor } from '../../hooks/catalogue.js';
import { findImport, noCounts, type CsvImport } from './csv-import.js';
import type { ImportOutcome } from './map-import.js';

export interface StartPass {
  importId: number;
  actor: Actor;
  /** Commits with the start: the job that does the work. */
  then?: (trx: Knex.Transaction, pass: number) => Promise<void>;
}

const settled: ImportOutcome = { ok: false, because: 'core.csv.import.settled' };

/** Begins a dry run over the whole file. @throws NOT_FOUND */
export async function startCheck(app: App, { importId, then }: StartPass): Promise<ImportOutcome> {
  const file = await findImport(app.db, importId);
  const isOpen = file.startedAt === null && ['mapping', 'checked', 'failed'].includes(file.state);
  if (!isOpen || file.sha256 === null) return settled;
  const fields = { state: 'checking', line: 0, because: null, checked: JSON.stringify(noCounts) };
  return move(app, file, { fields, then });
}

/**
 * Begins to write, or goes on where it was stopped. Who starts it is who does it. @throws NOT_FOUND
 */
export async function startRun(app: App, { importId, actor, then }: StartPass): Promise<ImportOutcome> {
  const file = await findImport(app.db, importId);
  const isOpen = file.state === 'checked' || (file.startedAt !== null && isHeld(file));
  if (!isOpen || file.sha256 === null) return settled;
  const isFirst = file.startedAt === null;
  const fields = {
    state: 'running',
    because: null,
    agentId: actor.kind === 'agent' ? Number(actor.id) : null,
    ...(isFirst ? { line: 0, startedAt: app.now().toISOString() } : {}),
  };
  return move(app, file, { fields, then });
}

/** Ends what runs; what was written stays, and it can go on. @throws NOT_FOUND */
export async function stopImport(
  app: App,
  { importId, because = null }: { importId: number; because?: string | null },
): Promise<ImportOutcome> {
  const file = await findImport(app.db, importId);
  if (file.state !== 'running' && file.state !== 'checking') return settled;
  return move(app, file, { fields: { state: haltedAs(file, because), because } });
}

/** A dry run that is stopped has not happened. */
const haltedAs = ({ state }: CsvImport, because: string | null) =>
  because !== null ? 'failed' : state === 'checking' ? 'mapping' : 'stopped';

const isHeld = ({ state }: CsvImport) => state === 'stopped' || state === 'failed';

async function move(
  app: App,
  { id, pass, state }: CsvImport,
  { fields, then }: { fields: object; then?: StartPass['then'] | undefined },
): Promise<ImportOutcome> {
  const isMine = await change(app, async ({ trx }) => {
    const touched = await trx('contact_imports')
      .where({ id, pass, state })
      .update({ ...fields, pass: pass + 1 });
    if (touched === 0) return false;
    await then?.(trx, pass + 1);
    return true;
  });
  return isMine ? { ok: true } : settled;
}
