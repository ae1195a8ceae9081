import type { DeskContext } from '@helpdesk/core';
import { z } from 'zod';
import { importSegments, type ImportResult } from '../segments/import-segments.js';
import { readImport, type ImportRow } from '../segments/read-import.js';
import { SEGMENTS } from './segments-page.js';

const ROWS_MOST = 20_000;
const BYTES_MOST = 2 * 1024 * 1024;

const Form = z.object({ list: z.string().max(BYTES_MOST).default(''), do: z.enum(['check', 'import']) });

export async function importPage(ctx: DeskContext): Promise<void> {
  await show(ctx, { list: '' });
}

/** Checks a list, or takes it in. A row with a mistake is told by its number; the others are taken. */
export async function takeImportPage(ctx: DeskContext): Promise<void> {
  const form = await ctx.form(Form);
  const [file] = (await ctx.uploads({ maxBytes: BYTES_MOST })).filter(({ content }) => content.length > 0);
  const list = file ? textOf(file.content) : form.list;
  const rows = readImport(list);
  if (rows.length === 0) return show(ctx, { list, problem: 'routing.import.empty' });
  if (rows.length > ROWS_MOST) return show(ctx, { list: '', problem: 'routing.import.tooMany' });
  const isDry = form.do === 'check';
  const result = await importSegments(ctx.app, { rows, isDry, actor: ctx.actor });
  await show(ctx, { list, rows, result, isDry });
}

/** Spreadsheets write either of the two. */
function textOf(content: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(content);
  } catch {
    return new TextDecoder('windows-1251').decode(content);
  }
}

interface Shown {
  readonly list: string;
  readonly problem?: string;
  readonly rows?: readonly ImportRow[];
  readonly result?: ImportResult;
  readonly isDry?: boolean;
}

const PROBLEMS_SHOWN = 200;

async function show(
  ctx: DeskContext,
  { list, problem, rows = [], result, isDry = false }: Shown,
): Promise<void> {
  const problems = result?.problems ?? [];
  await ctx.render(
    'routing/import',
    {
      action: `${SEGMENTS}/import`,
      listUrl: SEGMENTS,
      list,
      error: problem && ctx.t(problem, { count: ROWS_MOST }),
      summary:
        result &&
        ctx.t(isDry ? 'routing.import.wouldTake' : 'routing.import.taken', {
          count: result.taken,
          rows: rows.length,
        }),
      tone: problems.length > 0 ? 'warn' : 'ok',
      problems: problems.slice(0, PROBLEMS_SHOWN).map(({ line, who, because }) => ({
        line,
        who,
        text: ctx.t(`routing.import.problem.${because}`),
      })),
      more:
        problems.length > PROBLEMS_SHOWN
          ? ctx.t('routing.import.more', { count: problems.length - PROBLEMS_SHOWN })
          : undefined,
    },
    { status: problem ? 422 : 200 },
  );
}
