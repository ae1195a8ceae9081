import { company, groups, kinds } from './company.js';
import type { Outcome } from './replay-year.js';

interface Told {
  readonly seed: number;
  readonly before: readonly Outcome[];
  readonly after: readonly Outcome[];
}

/** The share of the managers' time that the second way to work sets free, 0 to 1. */
export function shareSetFree({ before, after }: Pick<Told, 'before' | 'after'>): number {
  return 1 - sum(after, 'managerMinutes') / sum(before, 'managerMinutes');
}

/** What a run says: every assumption, the time of each group, and what is set free. */
export function writeReport(told: Told): string {
  const { seed, before, after } = told;
  const free = shareSetFree(told);
  // What it would be if the centre never needed a manager: no rule can set more free than that.
  const most = 1 - sum(ofLarge(before), 'managerMinutes') / sum(before, 'managerMinutes');
  return [
    `A company that sells metal: a year of ${before.length} requests, seed ${seed}`,
    '',
    'Assumptions (none of them measured; change tests/simulate/company.ts)',
    ...table([['', ''], ...assumptions()]),
    '',
    ...table([
      ['group', 'customers', 'share of requests'],
      ...groups.map(({ name, clients, weight }) => [
        name,
        clients === 0 ? 'each once' : String(clients),
        `${weight} %`,
      ]),
    ]),
    '',
    ...table([
      [
        'kind of request',
        'manager, min',
        'centre, min',
        'centre needs manager',
        'share A and B',
        'share others',
      ],
      ...kinds.map((kind) => [
        kind.name,
        String(kind.manager),
        String(kind.centre),
        percent(kind.toManager),
        `${kind.large} %`,
        `${kind.small} %`,
      ]),
    ]),
    '',
    'Hours of work in the year',
    ...table([
      [
        'group',
        'requests',
        'before: managers',
        'after: managers',
        'after: centre',
        'handed to a manager',
        'set free',
      ],
      ...[...groups.map(({ key, name }) => ({ key, name })), { key: null, name: 'all' }].map(
        ({ key, name }) =>
          groupRow(name, {
            before: before.filter(({ group }) => key === null || group === key),
            after: after.filter(({ group }) => key === null || group === key),
          }),
      ),
    ]),
    '',
    `Managers' time set free: ${percent(free)} under these assumptions; the centre works ${hours(after, 'centreMinutes')} h for it.`,
    `At most ${percent(most)} if the centre never needed a manager: the rest is A and B, who keep their own.`,
    'The example of the trade that this follows speaks of about 80 %. It is printed here for comparison, nothing is fitted to it.',
    '',
  ].join('\n');
}

function assumptions(): string[][] {
  return [
    ['before', 'everything goes to managers: known customers to their own, new ones in turn'],
    ['after', 'A and B to their own manager; C, D and new ones to the contact centre, to the fewest open'],
    ['managers, operators of the centre', `${company.managers}, ${company.centre}`],
    ['a manager is away', `${company.weeksAway} weeks a year in two halves; the next one stands in`],
    ['a hand-over to a manager costs the centre', `${company.cardMinutes} min for the card`],
    [
      'and the manager',
      `${company.readMinutes} min, and ${percent(company.leftForManager)} of what he would have needed alone`,
    ],
    ['most open at one desk of the centre', String(company.centreLimit)],
    [
      'length of a request',
      'its mean times 0.5 + an exponential of mean 0.5; the same luck before and after',
    ],
    ['when they come', 'evenly on working days between 9 and 18'],
    ['left out', 'travel, selling, interruptions, waiting, learning of the centre'],
  ];
}

function groupRow(name: string, { before, after }: Pick<Told, 'before' | 'after'>): string[] {
  return [
    name,
    String(before.length),
    hours(before, 'managerMinutes'),
    hours(after, 'managerMinutes'),
    hours(after, 'centreMinutes'),
    String(after.filter(({ wasHandedOver }) => wasHandedOver).length),
    before.length === 0 ? '' : percent(shareSetFree({ before, after })),
  ];
}

const ofLarge = (outcomes: readonly Outcome[]) =>
  outcomes.filter(({ group }) => group === 'A' || group === 'B');
const sum = (outcomes: readonly Outcome[], of: 'managerMinutes' | 'centreMinutes') =>
  outcomes.reduce((total, one) => total + one[of], 0);
const hours = (outcomes: readonly Outcome[], of: 'managerMinutes' | 'centreMinutes') =>
  (sum(outcomes, of) / 60).toFixed(1);
const percent = (share: number) => `${Math.round(share * 100)} %`;

function table(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, i) => Math.max(...rows.map((row) => row[i]?.length ?? 0)));
  return rows
    .map((row) => `  ${row.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join('  ')}`.trimEnd())
    .filter((line) => line !== '');
}
