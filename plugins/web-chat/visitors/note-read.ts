import { change, noteReceipt, type App, type HostApp } from '@helpdesk/core';
import type { VisitorRecord } from './visitor.js';

/** The provider's id of a line, by which receipts find the delivery. */
export const lineId = (visitor: string, number: number): string => `${visitor}:${number}`;

/**
 * What a browser says of the team's lines: all up to one are in its hands, all up to another were on the screen. Said
 * again it changes nothing.
 */
export async function noteRead(
  app: HostApp,
  { id: visitorId, accountId, visitor }: VisitorRecord,
  upTo: { fetched: number; seen: number },
): Promise<void> {
  const seen = await mark(app, { visitorId, upTo: upTo.seen, column: 'seenAt' });
  const fetched = await mark(app, {
    visitorId,
    upTo: Math.max(upTo.fetched, upTo.seen),
    column: 'fetchedAt',
  });
  const at = app.now().toISOString();
  for (const number of fetched) {
    const externalId = lineId(visitor, number);
    await noteReceipt(app, { accountId, externalId, receipt: { kind: 'delivered', at } });
  }
  for (const number of seen) {
    const externalId = lineId(visitor, number);
    await noteReceipt(app, { accountId, externalId, receipt: { kind: 'seen', at } });
  }
}

async function mark(
  app: App,
  { visitorId, upTo, column }: { visitorId: number; upTo: number; column: 'seenAt' | 'fetchedAt' },
): Promise<number[]> {
  if (upTo <= 0) return [];
  const open: unknown = await app
    .db('web_chat_lines')
    .where({ visitorId, kind: 'out' })
    .whereNull(column)
    .where('number', '<=', upTo)
    .first('id');
  if (!open) return [];
  return change(app, async ({ trx, at }) => {
    const rows = await trx('web_chat_lines')
      .where({ visitorId, kind: 'out' })
      .whereNull(column)
      .where('number', '<=', upTo)
      .update({ [column]: at })
      .returning<{ number: number }[]>('number');
    return rows.map(({ number }) => number).toSorted((a, b) => a - b);
  });
}
