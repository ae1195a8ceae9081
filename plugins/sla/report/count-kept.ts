import { seenBy, type TicketViewer } from '@helpdesk/core';
import type { Knex } from 'knex';
import type { TargetKind } from '../rules/policy.js';

/** Clocks that were decided in a time, by whom they are counted to. */
export interface Kept {
  readonly kind: TargetKind;
  readonly teamId: number | null;
  readonly segmentId: number | null;
  readonly priority: number;
  readonly met: number;
  readonly total: number;
}
export interface Asked {
  /** In ms; the end is outside. */
  readonly from: number;
  readonly to: number;
  readonly now: Date;
  readonly viewer: TicketViewer;
}

/**
 * Clocks decided in a time: kept ones when they ended, missed ones when their due time passed, also while they still
 * run. What has no norm is left out.
 */
export function decided(db: Knex, { from, to, now, viewer }: Asked): Knex.QueryBuilder {
  const [begin, end] = [new Date(from).toISOString(), new Date(to).toISOString()];
  return db('sla_clocks')
    .join('tickets', 'tickets.id', 'sla_clocks.ticketId')
    .modify((query) => seenBy(query, viewer))
    .modify((query) => isDecided(query, now.toISOString()))
    .where('countsAt', '>=', begin)
    .where('countsAt', '<', end);
}

/** What was kept, and what is late at a moment, ISO text. */
export function isDecided(query: Knex.QueryBuilder, now: string): void {
  void query.where((either) =>
    either
      .where({ state: 'met' })
      .orWhere((late) =>
        late.whereIn('state', ['missed', 'running', 'paused']).where('sla_clocks.dueAt', '<', now),
      ),
  );
}

export async function countKept(db: Knex, asked: Asked): Promise<Kept[]> {
  const rows: (Omit<Kept, 'met' | 'total'> & { state: string; n: number | string })[] = await decided(
    db,
    asked,
  )
    .groupBy('kind', 'state', 'sla_clocks.teamId', 'segmentId', 'sla_clocks.priority')
    .select(
      'kind',
      'state',
      'sla_clocks.teamId',
      'segmentId',
      'sla_clocks.priority',
      db.raw('count(*) as n'),
    );
  return rows.map(({ state, n, ...row }) => ({
    ...row,
    met: state === 'met' ? Number(n) : 0,
    total: Number(n),
  }));
}

export interface Missed {
  readonly ticketId: number;
  readonly number: number;
  readonly subject: string;
  readonly kind: TargetKind;
  readonly dueAt: string;
  readonly endedAt: string | null;
}

/** The late ones among them, the newest first. */
export function listMissed(
  db: Knex,
  asked: Asked,
  narrow: (query: Knex.QueryBuilder) => void,
): Promise<Missed[]> {
  return decided(db, asked)
    .whereNot('state', 'met')
    .modify(narrow)
    .orderBy('sla_clocks.dueAt', 'desc')
    .orderBy('sla_clocks.ticketId', 'desc')
    .limit(200)
    .select<Missed[]>('ticketId', 'number', 'subject', 'kind', 'sla_clocks.dueAt', 'endedAt');
}
