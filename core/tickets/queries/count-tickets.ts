import type { Knex } from 'knex';
import type { StatusCategory } from '../models/status.js';
import { seenBy, type TicketViewer } from '../seen-by.js';
import { sees } from './list-places.js';

/** What the sidebar shows; read from kept counters, so it costs the same at any size. */
export interface TicketCounts {
  readonly mine: number;
  readonly unassigned: number;
  readonly open: number;
  readonly waiting: number;
  readonly snoozed: number;
  readonly mentions: number;
  /** Those, solved ones too, that wait for somebody to say who wrote. */
  readonly undecided: number;
  readonly byLine: ReadonlyMap<number, number>;
  readonly byTeam: ReadonlyMap<number, number>;
}

interface Drawer {
  bucket: string;
  lineId: number;
  teamId: number;
  assigneeId: number;
  category: StatusCategory;
  n: number;
}

/** Counts of what an agent may see. */
export async function countTickets(db: Knex, viewer: TicketViewer): Promise<TicketCounts> {
  const [drawers, mentions, undecided] = await Promise.all([
    db<Drawer>('ticketCounts').whereIn('bucket', ['open', 'snoozed']).where('n', '>', 0),
    db('mentions')
      .where({ agentId: viewer.agentId })
      .whereNull('seenAt')
      .countDistinct<{ n: number }[]>({ n: 'ticketId' }),
    db('tickets')
      .whereNotNull('undecidedSince')
      .modify((tickets) => seenBy(tickets, viewer))
      .count<{ n: number }[]>({ n: '*' }),
  ]);
  const seen = (drawers as Drawer[]).filter((drawer) => sees(viewer, drawer));
  const open = seen.filter(({ bucket }) => bucket === 'open');
  return {
    mine: sum(open.filter(({ assigneeId }) => assigneeId === viewer.agentId)),
    unassigned: sum(open.filter(({ assigneeId }) => assigneeId === 0)),
    open: sum(open),
    waiting: sum(open.filter(({ category }) => category === 'waiting_customer')),
    snoozed: sum(seen.filter(({ bucket }) => bucket === 'snoozed')),
    mentions: mentions[0]?.n ?? 0,
    undecided: Number(undecided[0]?.n ?? 0),
    byLine: sumBy(open, ({ lineId }) => lineId),
    byTeam: sumBy(open, ({ teamId }) => teamId),
  };
}

const sum = (drawers: readonly Drawer[]) => drawers.reduce((total, { n }) => total + n, 0);

function sumBy(drawers: readonly Drawer[], key: (drawer: Drawer) => number): Map<number, number> {
  const sums = new Map<number, number>();
  for (const drawer of drawers) sums.set(key(drawer), (sums.get(key(drawer)) ?? 0) + drawer.n);
  return sums;
}
