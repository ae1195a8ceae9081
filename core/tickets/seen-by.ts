import type { Knex } from 'knex';

/** As whom tickets are read: everything, or the tickets of certain lines. */
export interface TicketViewer {
  readonly agentId: number;
  readonly lineIds: readonly number[] | 'all';
}

interface Filterable {
  where(filter: (query: Knex.QueryBuilder) => void): unknown;
}

/** Narrows a query to what an agent may see: his lines, and what is assigned to him. Every list, count and search asks. */
export function seenBy(query: Filterable, viewer: TicketViewer): void {
  const { lineIds, agentId } = viewer;
  if (lineIds === 'all') return;
  query.where((either) => {
    void either.whereIn('tickets.lineId', [...lineIds]).orWhere('tickets.assigneeId', agentId);
  });
}
