import type { ContributedMeasure, FactSource, Reading } from '@helpdesk/plugin-reporting/contract';
import type { Knex } from 'knex';
import { TARGETS } from '../rules/policy.js';
import { isDecided } from './count-kept.js';

/** Reports may measure what was in time: the same clocks at the same moments as this plugin's own report. */
export const slaFacts: FactSource = {
  tables: [
    {
      moment: 'at',
      rows: readClocks,
      // As the clocks are counted here: to the team, the priority and the segment of the ticket then.
      holds: { team: 'teamId', priority: 'priority', 'routing.segment': 'segmentId' },
      measures: [
        ...TARGETS.map((kind): ContributedMeasure => ({
          key: `sla.${kind}`,
          label: `sla.measure.${kind}`,
          unit: 'share',
          lessIsBetter: false,
          column: `${kind}InTime`,
        })),
        { key: 'sla.late', label: 'sla.measure.late', unit: 'count', lessIsBetter: true, column: 'late' },
        ...TARGETS.map((kind): ContributedMeasure => ({
          key: `sla.${kind}Over`,
          label: `sla.measure.${kind}Over`,
          unit: 'seconds',
          lessIsBetter: true,
          column: `${kind}Over`,
        })),
      ],
    },
  ],
  dimensions: [
    {
      key: 'sla.outcome',
      label: 'sla.dimension.outcome',
      rows: readOutcomes,
      names: ({ t }, values) =>
        Promise.resolve(new Map(values.map((value) => [value, t(`sla.outcome.${value}`)]))),
    },
  ],
};

/** Working time beyond the norm is known once the answer is there. */
function readClocks({ db, now }: Reading): Knex.QueryBuilder {
  const own = (kind: string, value: string, name: string) =>
    db.raw(`case when sla_clocks.kind = '${kind}' then ${value} end as ??`, [`${kind}${name}`]);
  const inTime = `case when sla_clocks.state = 'met' then 1 else 0 end`;
  const over = `case when sla_clocks.state = 'missed' and sla_clocks.used > sla_clocks.norm then (sla_clocks.used - sla_clocks.norm) / 1000 end`;
  return db('sla_clocks')
    .modify((query) => isDecided(query, now))
    .select(
      'sla_clocks.ticketId',
      'sla_clocks.countsAt as at',
      'sla_clocks.teamId',
      'sla_clocks.priority',
      'sla_clocks.segmentId',
      db.raw(`case when sla_clocks.state <> 'met' then 1 end as late`),
      ...TARGETS.flatMap((kind) => [own(kind, inTime, 'InTime'), own(kind, over, 'Over')]),
    );
}

/** Of a ticket: late when one of its clocks was. */
function readOutcomes({ db, now }: Reading): Knex.QueryBuilder {
  const any = (isLate: boolean) =>
    db('sla_clocks')
      .whereRaw('?? = ??', ['sla_clocks.ticketId', 'tickets.id'])
      .modify((query) => isDecided(query, now))
      .modify((query) => (isLate ? query.whereNot('sla_clocks.state', 'met') : query))
      .select(db.raw('1'));
  return db('tickets').select(
    'tickets.id as ticketId',
    db.raw(`case when exists ? then 'late' when exists ? then 'inTime' end as value`, [
      any(true),
      any(false),
    ]),
  );
}
