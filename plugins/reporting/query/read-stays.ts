import { parseJson, seenBy, type StatusCategory, type TicketViewer } from '@helpdesk/core';
import type { Knex } from 'knex';
import type { Dimension } from './dimensions.js';
import { joinDimensions } from './join-dimensions.js';

/** The time of a ticket in one status and one team; another owner is the same stay. Times in ms. */
export interface Stay {
  readonly status: string;
  readonly category: StatusCategory;
  readonly teamId: number | null;
  /** Of the dimension; '' for none, several for tags. */
  readonly value: string;
  readonly since: number;
  /** Null: it lasts. */
  until: number | null;
}

const COLUMNS = ['ticketId', 'seq', 'status', 'category', 'teamId', 'since', 'until'] as const;

interface ReadStays {
  readonly viewer: TicketViewer;
  readonly now: Date;
  /** Leaves out tickets in which nothing ended since, and nothing lasts; ISO text. */
  readonly since: string;
  readonly by: Dimension;
}

/** The stays of tickets that a reader may see, by ticket and in order of time. */
export async function readStays(db: Knex, { viewer, now, since, by }: ReadStays): Promise<Stay[]> {
  const isPostgres = db.client.config.client === 'pg';
  const query = db('reporting_spells')
    .join('reporting_tickets', 'reporting_tickets.ticketId', 'reporting_spells.ticketId')
    .where((either) =>
      either
        .where('reporting_tickets.since', '>=', since)
        .orWhereNotIn('reporting_tickets.category', ['solved', 'closed']),
    )
    .modify((rows) => {
      if (viewer.lineIds === 'all') return;
      // Asked of the tickets themselves; the dimension may bring the same table along.
      const seen = db('tickets')
        .modify((own) => seenBy(own, viewer))
        .select('tickets.id');
      void rows.whereIn('reporting_spells.ticketId', seen);
    });
  const { dimensions } = joinDimensions(db, query, { dimensions: [by], now });
  const column = dimensions.get(by.key) ?? db.raw('null');
  const inMs = (name: string) =>
    isPostgres && (name === 'since' || name === 'until')
      ? db.raw('(extract(epoch from ??) * 1000)::bigint', [`reporting_spells.${name}`])
      : `reporting_spells.${name}`;
  const list = isPostgres ? 'json_agg(??)::text as ??' : 'json_group_array(??) as ??';
  const row = (await query.first(
    ...COLUMNS.map((name, i) => db.raw(list, [inMs(name), `c${i}`])),
    db.raw(list, [column, 'v']),
  )) as Readonly<Record<string, string | null>> | undefined;
  return joinSpells(toSpells(row));
}

interface Spell extends Omit<Stay, 'until'> {
  readonly ticketId: number;
  readonly seq: number;
  readonly until: number | null;
}

function toSpells(row: Readonly<Record<string, string | null>> | undefined): Spell[] {
  const column = <T>(name: string) => parseJson<T[]>(row?.[name] ?? '[]', []);
  const ms = (value: string | number) => (typeof value === 'number' ? value : Date.parse(value));
  const [ticketIds, seqs] = [column<number>('c0'), column<number>('c1')];
  const [statuses, categories] = [column<string>('c2'), column<StatusCategory>('c3')];
  const [teams, begins] = [column<number | null>('c4'), column<string | number>('c5')];
  const [ends, values] = [column<string | number | null>('c6'), column<string | number | null>('v')];
  return ticketIds
    .map((ticketId, i): Spell => {
      const end = ends[i] ?? null;
      return {
        ticketId,
        seq: seqs[i] ?? 0,
        status: statuses[i] ?? '',
        category: categories[i] ?? 'open',
        teamId: teams[i] ?? null,
        value: String(values[i] ?? ''),
        since: ms(begins[i] ?? 0),
        until: end === null ? null : ms(end),
      };
    })
    .toSorted((a, b) => a.ticketId - b.ticketId || a.seq - b.seq);
}

function joinSpells(spells: readonly Spell[]): Stay[] {
  const stays: Stay[] = [];
  let last: (Stay & { ticketId: number }) | undefined;
  for (const { seq: _, ...spell } of spells) {
    if (last?.ticketId === spell.ticketId && last.status === spell.status && last.teamId === spell.teamId)
      last.until = spell.until;
    else {
      last = { ...spell };
      stays.push(last);
    }
  }
  return stays;
}
