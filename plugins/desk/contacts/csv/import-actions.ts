import {
  forgetImport,
  startRun,
  stopImport,
  type DeskContext,
  type ImportOutcome,
  type Job,
} from '@helpdesk/core';
import { pathId } from '../../admin/path-id.js';
import type { ImportWork } from './register.js';

/** Writes what was checked, stops it, goes on, and forgets the file. */
export function importActions(work: Job<ImportWork>) {
  const act = async (ctx: DeskContext, action: (importId: number) => Promise<ImportOutcome>) => {
    const importId = pathId(ctx);
    const outcome = await action(importId);
    if (!outcome.ok) ctx.flash({ text: ctx.t(outcome.because), tone: 'warn' });
    ctx.redirect(`/desk/contacts/import/${importId}`);
  };
  return {
    run: (ctx: DeskContext) =>
      act(ctx, (importId) =>
        startRun(ctx.app, {
          importId,
          actor: ctx.actor,
          then: (trx, pass) => work.now({ importId, pass }, { trx }),
        }),
      ),
    stop: (ctx: DeskContext) => act(ctx, (importId) => stopImport(ctx.app, { importId })),
    async forget(ctx: DeskContext): Promise<void> {
      const importId = pathId(ctx);
      if (await forgetImport(ctx.app, importId)) ctx.flash({ text: ctx.t('desk.csv.forgotten') });
      ctx.redirect(`/desk/contacts/import/${importId}`);
    },
  };
}
