import type { Knex } from 'knex';
import type { Change } from '../database/change.js';
import type { TicketRecord } from './models/ticket.js';

type Counted = Pick<TicketRecord, 'bucket' | 'lineId' | 'teamId' | 'assigneeId' | 'category'>;

/**
 * Keeps `ticket_counts` in step: a ticket leaves one drawer and enters another in the same transaction. Counters are
 * kept, not counted; they are written last, where no other change can be (see `change`).
 */
export function countMove(step: Change, before: Counted | null, after: Counted): void {
  if (before && keyOf(before) === keyOf(after)) return;
  step.atEnd(async () => {
    const drawers = [drawerOf(after, 1)];
    if (before) drawers.push(drawerOf(before, -1));
    await addToDrawers(step.trx, drawers);
  });
}

export const drawerOf = (ticket: Counted, n: number) => ({
  bucket: ticket.bucket,
  lineId: ticket.lineId ?? 0,
  teamId: ticket.teamId ?? 0,
  assigneeId: ticket.assigneeId ?? 0,
  category: ticket.category,
  n,
});

export type Drawer = ReturnType<typeof drawerOf>;

const keyOf = (ticket: Counted) => Object.values(drawerOf(ticket, 0)).join('|');

export async function addToDrawers(trx: Knex.Transaction, drawers: readonly Drawer[]): Promise<void> {
  await trx('ticket_counts')
    .insert([...drawers])
    .onConflict(['bucket', 'lineId', 'teamId', 'assigneeId', 'category'])
    .merge({ n: trx.raw('ticket_counts.n + excluded.n') });
}
