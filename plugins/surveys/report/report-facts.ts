import type { ContributedMeasure, FactSource, Reading } from '@helpdesk/plugin-reporting/contract';
import type { Knex } from 'knex';
import { scaleOf, type Kind } from '../kinds/kind.js';

const measured = (unit: 'share' | 'score') => (key: string, column: string, words: string) =>
  ({
    key: `surveys.${key}`,
    label: `surveys.measure.${words}`,
    unit,
    lessIsBetter: false,
    column,
  }) satisfies ContributedMeasure;
const [share, score] = [measured('share'), measured('score')];

/** Reports may measure what customers answered: by the day of the invitation, as this plugin's own report. */
export const surveyFacts: FactSource = {
  tables: [
    {
      moment: 'at',
      rows: readInvitations,
      // As it was when the invitation left.
      holds: { line: 'lineId', team: 'teamId', agent: 'agentId', hat: 'hat', 'routing.segment': 'segmentId' },
      measures: [
        { key: 'surveys.invited', label: 'surveys.measure.invited', unit: 'count' },
        share('responses', 'isAnswered', 'responses'),
        share('csat', 'isGood', 'csatShare'),
        score('csatScore', 'csatScore', 'csatScore'),
        score('nps', 'npsPoints', 'npsPoints'),
        score('ces', 'cesScore', 'cesScore'),
      ],
    },
  ],
  dimensions: [
    {
      key: 'surveys.loyalty',
      label: 'surveys.dimension.loyalty',
      rows: ({ db }) =>
        db('surveys_invitations')
          .where({ kind: 'nps', state: 'sent' })
          .whereNotNull('score')
          .select('ticketId', db.raw(`${byScore('nps', `'promoter'`, `'passive'`, `'detractor'`)} as value`)),
      names: ({ t }, values) =>
        Promise.resolve(new Map(values.map((value) => [value, t(`surveys.loyalty.${value}`)]))),
    },
    {
      key: 'surveys.kind',
      label: 'surveys.dimension.kind',
      rows: ({ db }) =>
        db('surveys_invitations').where({ state: 'sent' }).select('ticketId', 'kind as value'),
      names: ({ t }, values) =>
        Promise.resolve(new Map(values.map((value) => [value, t(`surveys.kind.${value}.short`)]))),
    },
  ],
};

function readInvitations({ db }: Reading): Knex.QueryBuilder {
  const of = (kind: Kind, value: string, name: string) =>
    db.raw(`case when kind = '${kind}' and score is not null then ${value} end as ??`, [name]);
  return db('surveys_invitations')
    .where({ state: 'sent' })
    .select(
      'ticketId',
      'sentAt as at',
      'lineId',
      'teamId',
      'agentId',
      'hat',
      'segmentId',
      db.raw('case when score is null then 0 else 1 end as ??', ['isAnswered']),
      of('csat', byScore('csat', '1', '0', '0'), 'isGood'),
      of('csat', 'score', 'csatScore'),
      // A mean of these is the share of promoters less that of detractors, in points.
      of('nps', byScore('nps', '100', '0', '-100'), 'npsPoints'),
      of('ces', 'score', 'cesScore'),
    );
}

function byScore(kind: Kind, good: string, between: string, bad: string): string {
  const scale = scaleOf(kind);
  return `case when score >= ${scale.good} then ${good} when score <= ${scale.bad} then ${bad} else ${between} end`;
}
