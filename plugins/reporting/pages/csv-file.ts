import { Readable } from 'node:stream';
import { calendarDay, findViewer, type CsvSeparator, type DeskContext } from '@helpdesk/core';

/** Sends a file piece by piece, however long it is. */
export function sendFile(
  ctx: DeskContext,
  { name, pieces }: { name: string; pieces: AsyncIterable<string> },
): void {
  const day = calendarDay(ctx.now.toISOString(), { timeZone: ctx.app.company.timeZone });
  ctx.send(Readable.from(pieces, { objectMode: false }), {
    type: 'text/csv; charset=utf-8; header=present',
    headers: { 'Content-Disposition': `attachment; filename="${name}-${day}.csv"` },
  });
}

// What Excel of the reader's language cuts cells by; the mark makes it read UTF-8.
export const separatorFor = ({ language }: DeskContext): CsvSeparator => (language === 'ru' ? ';' : ',');
export const BYTE_ORDER_MARK = '\uFEFF';
export const cellOf = (value: string | number | null | undefined): string =>
  value === null || value === undefined ? '' : String(value);

/** A long file outlives the rights it was asked with. @throws Error in the middle of the file when they are gone */
export async function checkRight({ db, viewer: { agentId, lineIds } }: DeskContext): Promise<void> {
  const now = await findViewer(db, agentId);
  const may = now && (now.permissions === 'all' || now.permissions.has('reporting.export'));
  if (!may || JSON.stringify(now.lineIds) !== JSON.stringify(lineIds))
    throw new Error('the right to export is gone');
}
