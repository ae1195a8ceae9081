import {
  exportProblems,
  findImport,
  formatNumber,
  headerOf,
  listProblems,
  sayProblem,
  type CsvImport,
  type DeskContext,
  type RowCounts,
} from '@helpdesk/core';
import { pathId } from '../../admin/path-id.js';
import { separatorFor, sendTable } from './export-files.js';
import { presentMapping, type MappingProblem } from './present-mapping.js';

const SIZE = 100;
const parts = ['new', 'changed', 'same', 'refused'] as const;

/** One import at the step where it is. @param problem of the columns that were sent */
export async function importPage(ctx: DeskContext, problem?: MappingProblem): Promise<void> {
  const file = await findImport(ctx.db, pathId(ctx));
  const isLive = file.state === 'checking' || file.state === 'running';
  const progress = presentProgress(ctx, file);
  if (ctx.wantsFragment) {
    if (isLive) await ctx.renderPartial('desk/contacts/import-progress', progress);
    else ctx.noContent();
    return;
  }
  const path = `/desk/contacts/import/${file.id}`;
  const isMapping =
    file.state === 'mapping' || (ctx.query['step'] === 'columns' && canMap(file)) || !!problem;
  await ctx.render(
    'desk/contact-import',
    {
      title: file.fileName,
      about: ctx.t('desk.csv.about', {
        subject: ctx.t(`desk.csv.subject.${file.subject}`),
        rows: file.rows,
        count: file.rows,
      }),
      progress: isLive ? progress : undefined,
      because: file.because && ctx.t(file.because),
      mapping: isMapping ? await presentMapping(ctx, file, problem) : undefined,
      result: isLive || isMapping ? undefined : await presentResult(ctx, file),
      isForgotten: file.sha256 === null,
      canForget: file.sha256 !== null && !isLive,
      checkUrl: `${path}/check`,
      dialectUrl: `${path}/dialect`,
      runUrl: `${path}/run`,
      stopUrl: `${path}/stop`,
      forgetUrl: `${path}/forget`,
    },
    {
      status: problem ? 422 : 200,
      page: {
        styles: ['desk/contact-import.css'],
        ...(isLive ? { scripts: ['desk/contact-import.js'] } : {}),
      },
    },
  );
}

const canMap = ({ startedAt, sha256, state }: CsvImport) =>
  startedAt === null && sha256 !== null && (state === 'checked' || state === 'failed');

/** What the script asks for while it runs. */
function presentProgress(ctx: DeskContext, { id, state, line, rows, checked, written }: CsvImport) {
  const counts = state === 'running' ? written : checked;
  // The headers are the first row of the file; empty lines count too.
  const done = Math.min(Math.max(line - 1, 0), rows);
  return {
    url: `/desk/contacts/import/${id}`,
    title: ctx.t(`desk.csv.state.${state}`),
    done,
    rows,
    text: ctx.t('desk.csv.progress', { done, rows }),
    refused: counts.refused,
  };
}

async function presentResult(ctx: DeskContext, file: CsvImport) {
  const { id, state, startedAt, sha256 } = file;
  const counts = startedAt === null ? file.checked : file.written;
  const page = await presentProblems(ctx, file);
  const open = file.checked.new + file.checked.changed;
  return {
    title: ctx.t(`desk.csv.result.${startedAt === null ? 'checked' : state}`),
    tone: state === 'done' ? 'ok' : state === 'failed' ? 'danger' : undefined,
    facts: factsOf(ctx, counts),
    ...page,
    columnsUrl: canMap(file) ? `/desk/contacts/import/${id}?step=columns` : undefined,
    run: state === 'checked' && open > 0 ? ctx.t('desk.csv.run', { count: open }) : undefined,
    isEmpty: state === 'checked' && open === 0,
    canGoOn: sha256 !== null && startedAt !== null && (state === 'stopped' || state === 'failed'),
    problemsUrl: page.problems.length > 0 ? `/desk/contacts/import/${id}/problems.csv` : undefined,
  };
}

const factsOf = (ctx: DeskContext, counts: RowCounts) =>
  parts.map((part) => ({ label: ctx.t(`desk.csv.count.${part}`), value: formatNumber(counts[part], ctx) }));

async function presentProblems(ctx: DeskContext, { id: importId }: CsvImport) {
  const after = readPlace(ctx.query['after']);
  const found = await listProblems(ctx.db, { importId, limit: SIZE + 1, ...(after ? { after } : {}) });
  const rows = found.slice(0, SIZE);
  const last = found.length > SIZE ? rows.at(-1) : undefined;
  const words = (key: string) => ctx.t(key);
  return {
    problems: rows.map(({ line, field, problem, value }) => ({
      line,
      field: field ? headerOf(words, field) : '',
      text: sayProblem(words, problem),
      value: problem === 'repeated' ? ctx.t('desk.csv.likeRow', { line: value }) : value,
    })),
    nextUrl: last ? `/desk/contacts/import/${importId}?after=${last.line}.${last.id}` : null,
    firstUrl: after ? `/desk/contacts/import/${importId}` : null,
  };
}

function readPlace(text: string | undefined): { line: number; id: number } | undefined {
  const [, line, id] = /^(\d{1,9})\.(\d{1,15})$/.exec(text ?? '') ?? [];
  return line && id ? { line: Number(line), id: Number(id) } : undefined;
}

/** Everything that is wrong with the rows, as a file. */
export async function sendProblems(ctx: DeskContext): Promise<void> {
  const { id } = await findImport(ctx.db, pathId(ctx));
  const words = (key: string) => ctx.t(key);
  const pieces = exportProblems(ctx.app, { importId: id, separator: separatorFor(ctx), words });
  await sendTable(ctx, { name: 'import-problems', pieces });
}
