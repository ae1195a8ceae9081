import { seenBy, type TicketViewer } from '@helpdesk/core';
import type { Knex } from 'knex';

/**
 * How many tickets were open at some moments, ISO texts in order: those that are open now, without what has been opened
 * since then and with what has been done since.
 */
export async function countBacklog(
  db: Knex,
  { moments, openNow, viewer }: { moments: readonly string[]; openNow: number; viewer: TicketViewer },
): Promise<number[]> {
  if (moments.length === 0) return [];
  const seen = db('tickets')
    .modify((rows) => seenBy(rows, viewer))
    .select('tickets.id');
  const bindings: Knex.RawBinding[] = [];
  const count = (column: 'since' | 'until', i: number) => {
    const [after = '', upTo] = [moments[i], moments[i + 1]];
    bindings.push(after, ...(upTo === undefined ? [] : [upTo]), ...(viewer.lineIds === 'all' ? [] : [seen]));
    const end = upTo === undefined ? '' : ` and ${column} <= ?`;
    const own = viewer.lineIds === 'all' ? '' : ' and ticket_id in (?)';
    return `(select count(*) from reporting_spells where category not in ('solved', 'closed') and ${column} > ?${end}${own})`;
  };
  // By hand: making five dozen subqueries with the query builder takes longer than running them.
  const columns = moments.map((_, i) => `${count('since', i)} as s${i}, ${count('until', i)} as u${i}`);
  const row = (await db.select(db.raw(columns.join(', '), bindings)).first()) as
    | Readonly<Record<string, number | string>>
    | undefined;
  const counts: number[] = [];
  let open = openNow;
  for (let i = moments.length - 1; i >= 0; i -= 1) {
    open -= Number(row?.[`s${i}`] ?? 0) - Number(row?.[`u${i}`] ?? 0);
    counts.unshift(open);
  }
  return counts;
}
