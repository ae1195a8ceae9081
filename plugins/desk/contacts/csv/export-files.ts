import { Readable } from 'node:stream';
import {
  calendarDay,
  can,
  exportContacts,
  exportOrganizations,
  findViewer,
  type CsvSeparator,
  type DeskContext,
  type ExportTable,
} from '@helpdesk/core';

/** What Excel of the reader's language cuts cells by. */
export const separatorFor = ({ language }: Pick<DeskContext, 'language'>): CsvSeparator =>
  language === 'ru' ? ';' : ',';

/** All contacts, or those that the list is searched for. */
export function sendContacts(ctx: DeskContext): Promise<void> {
  return sendTable(ctx, { name: 'contacts', pieces: exportContacts(ctx.app, tableOf(ctx)) });
}

/** All organizations, or those whose names begin as the list is searched for. */
export function sendOrganizations(ctx: DeskContext): Promise<void> {
  return sendTable(ctx, { name: 'organizations', pieces: exportOrganizations(ctx.app, tableOf(ctx)) });
}

/** A CSV file that is written while it is sent. */
export function sendTable(
  ctx: DeskContext,
  { name, pieces }: { name: string; pieces: AsyncIterable<string> },
): Promise<void> {
  const day = calendarDay(ctx.now.toISOString(), ctx);
  ctx.send(Readable.from(pieces, { objectMode: false }), {
    type: 'text/csv; charset=utf-8; header=present',
    headers: { 'Content-Disposition': `attachment; filename="${name}-${day}.csv"` },
  });
  return Promise.resolve();
}

function tableOf(ctx: DeskContext): ExportTable {
  const query = (ctx.query['q'] ?? '').trim().slice(0, 200);
  return {
    ...(query ? { query } : {}),
    separator: separatorFor(ctx),
    words: (key: string) => ctx.t(key),
    actor: ctx.actor,
    // A long file outlives the request's rights: they are asked for again.
    isAllowed: async () => {
      const viewer = await findViewer(ctx.db, ctx.viewer.agentId);
      return viewer !== undefined && can(viewer, 'contacts.export') && can(viewer, 'contacts.read');
    },
  };
}
