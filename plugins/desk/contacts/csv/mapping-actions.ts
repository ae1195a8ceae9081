import {
  changeDialect,
  csvEncodings,
  CsvFault,
  findImport,
  headerOf,
  mapColumns,
  startCheck,
  type Column,
  type DeskContext,
  type ImportOutcome,
  type Job,
} from '@helpdesk/core';
import { pathId } from '../../admin/path-id.js';
import { importPage } from './import-page.js';
import { sayFault } from './imports-page.js';
import { separatorOf } from './present-mapping.js';
import type { ImportWork } from './register.js';

/** Says how the file is written and what its columns mean. */
export function mappingActions(work: Job<ImportWork>) {
  return {
    async changeDialectPage(ctx: DeskContext): Promise<void> {
      const { encoding: wanted, separator: named = '' } = await ctx.typed();
      const importId = pathId(ctx);
      const encoding = csvEncodings.find((one) => one === wanted);
      const separator = separatorOf(named);
      if (!encoding || !separator) return importPage(ctx);
      try {
        const outcome = await changeDialect(ctx.app, { importId, dialect: { encoding, separator } });
        if (!outcome.ok) return await importPage(ctx, { words: ctx.t(outcome.because) });
      } catch (error) {
        if (!(error instanceof CsvFault)) throw error;
        return importPage(ctx, { words: sayFault(ctx, error) });
      }
      ctx.redirect(`/desk/contacts/import/${importId}`);
    },

    /** Keeps the columns and begins the dry run. */
    async checkPage(ctx: DeskContext): Promise<void> {
      const importId = pathId(ctx);
      const { headers } = await findImport(ctx.db, importId);
      const typed = await ctx.typed();
      const columns: Column[] = headers.map((_, at) => typed[`column-${at}`] || null);
      const overwrites = typed['overwrites'] === 'true';
      const mapped = await mapColumns(ctx.app, { importId, columns, overwrites });
      if (!mapped.ok) return importPage(ctx, { words: sayOutcome(ctx, mapped), columns, overwrites });
      const started = await startCheck(ctx.app, {
        importId,
        actor: ctx.actor,
        then: (trx, pass) => work.now({ importId, pass }, { trx }),
      });
      if (!started.ok) ctx.flash({ text: ctx.t(started.because), tone: 'warn' });
      ctx.redirect(`/desk/contacts/import/${importId}`);
    },
  };
}

function sayOutcome(ctx: DeskContext, outcome: Extract<ImportOutcome, { ok: false }>): string {
  const words = ctx.t(outcome.because);
  if (outcome.because !== 'core.csv.import.twice' || outcome.column === undefined) return words;
  return `${words} (${headerOf((key) => ctx.t(key), outcome.column)})`;
}
