import type { CaseCalendar } from './case-calendars.js';

/** A ticket's story and what its clocks come to, reckoned by hand. */
export interface WorkedCase {
  readonly title: string;
  readonly calendar: CaseCalendar;
  /** Norms: `first 4:00, urgent solve 4:00`; `snoozed stops` beside them. */
  readonly policy: string;
  /**
   * What happens when. `12T10:00` is that day of March 2026 in Moscow; the last piece may be `until`.
   */
  readonly story: string;
  /** `<target> <state> <working time> due <moment>`. Targets without a norm are not told. */
  readonly result: string;
}

const FOUR = 'first 4:00';
const EIGHT = 'solve 8:00';
const URGENT = 'solve 8:00, urgent solve 4:00';
const ANSWERS = 'first 4:00, next 2:00';

type Row = readonly [title: string, calendar: CaseCalendar, policy: string, story: string, result: string];

const rows: readonly Row[] = [
  ['Within one day', 'office', FOUR, '12T10:00 letter', 'first running 0:00 due 12T14:00'],
  ['Over the night', 'office', FOUR, '12T16:00 letter', 'first running 0:00 due 13T11:00'],
  ['Over the weekend', 'office', FOUR, '13T17:00 letter', 'first running 0:00 due 16T12:00'],
  ['Before opening', 'office', FOUR, '12T08:00 letter', 'first running 0:00 due 12T13:00'],
  ['After closing', 'office', FOUR, '12T20:00 letter', 'first running 0:00 due 13T13:00'],
  ['On a Saturday', 'office', FOUR, '14T12:00 letter', 'first running 0:00 due 16T13:00'],
  ['Due at the very closing', 'office', FOUR, '12T14:00 letter', 'first running 0:00 due 12T18:00'],
  ['Answered in time', 'office', FOUR, '12T10:00 letter; 12T11:30 reply', 'first met 1:30 due 12T14:00'],
  [
    'Answered at the last moment',
    'office',
    FOUR,
    '12T10:00 letter; 12T14:00 reply',
    'first met 4:00 due 12T14:00',
  ],
  [
    'One second late',
    'office',
    FOUR,
    '12T10:00 letter; 12T14:00:01 reply',
    'first missed 4:00:01 due 12T14:00',
  ],
  ['Answered on a day off', 'office', FOUR, '13T17:00 letter; 14T12:00 reply', 'first met 1:00 due 16T12:00'],
  [
    'Overdue and unanswered',
    'office',
    FOUR,
    '12T10:00 letter; 12T15:00 until',
    'first running 5:00 due 12T14:00',
  ],
  ['A break at noon', 'lunch', FOUR, '12T11:00 letter', 'first running 0:00 due 12T16:00'],
  ['Written in the break', 'lunch', FOUR, '12T13:30 letter', 'first running 0:00 due 12T18:00'],
  [
    'A holiday, and a short day behind it',
    'holidays',
    FOUR,
    '12T16:00 letter',
    'first running 0:00 due 16T12:00',
  ],
  [
    'Longer than the short day',
    'holidays',
    'first 5:00',
    '12T16:00 letter',
    'first running 0:00 due 17T10:00',
  ],
  ['Around the clock', 'always', FOUR, '13T17:00 letter', 'first running 0:00 due 13T21:00'],
  ['Over midnight', 'night', FOUR, '12T20:00 letter', 'first running 0:00 due 13T02:00'],
  ['From one night to the next', 'night', FOUR, '13T05:00 letter', 'first running 0:00 due 14T01:00'],
  [
    'The night before a holiday goes on into it, the next one does not begin',
    'nightHoliday',
    'first 10:00',
    '12T23:00 letter',
    'first running 0:00 due 15T01:00',
  ],
  [
    'An hour is skipped in spring',
    'berlinNight',
    'first 7:00',
    '2026-03-28T23:00+01:00 letter',
    'first running 0:00 due 2026-03-29T23:00+02:00',
  ],
  [
    'An hour comes twice in autumn',
    'berlinNight',
    'first 7:00',
    '2026-10-24T23:00+02:00 letter',
    'first running 0:00 due 2026-10-25T05:00+01:00',
  ],
  [
    'The whole working hour is skipped',
    'berlinTwo',
    'first 1:00',
    '2026-03-28T12:00+01:00 letter',
    'first running 0:00 due 2026-03-30T03:00+02:00',
  ],
  [
    'The whole working hour comes twice',
    'berlinTwo',
    'first 2:00',
    '2026-10-24T12:00+02:00 letter',
    'first running 0:00 due 2026-10-25T03:00+01:00',
  ],
  [
    'Half an hour of the day comes twice, apart',
    'berlinHalf',
    'first 2:00',
    '2026-10-24T12:00+02:00 letter',
    'first running 0:00 due 2026-10-25T02:30+01:00',
  ],
  [
    'Over a weekend on which the clocks change',
    'newYork',
    FOUR,
    '2026-03-06T16:00-05:00 letter',
    'first running 0:00 due 2026-03-09T12:00-04:00',
  ],
  [
    'Around the clock, whatever clocks do',
    'always',
    'first 7:00',
    '2026-03-28T23:00+01:00 letter',
    'first running 0:00 due 2026-03-29T07:00+02:00',
  ],
  [
    'A zone of half an hour',
    'kolkata',
    'first 1:00',
    '2026-03-14T18:30+05:30 letter',
    'first running 0:00 due 2026-03-16T10:30+05:30',
  ],
  [
    'Clocks go back by half an hour',
    'lordHowe',
    'first 2:30',
    '2026-04-04T12:00+11:00 letter',
    'first running 0:00 due 2026-04-05T03:00+10:30',
  ],
  [
    'Clocks go forward by half an hour',
    'lordHowe',
    'first 1:30',
    '2026-10-03T12:00+10:30 letter',
    'first running 0:00 due 2026-10-04T03:00+11:00',
  ],
  [
    'The customer was waited for',
    'office',
    EIGHT,
    '12T10:00 letter; 12T11:00 wait; 12T15:00 letter; 12T15:00 reopen',
    'solve running 1:00 due 13T13:00',
  ],
  [
    'Others were waited for over a weekend',
    'office',
    EIGHT,
    '13T16:00 letter; 13T17:00 wait-others; 16T10:00 reopen',
    'solve running 1:00 due 16T17:00',
  ],
  [
    'While it waits nobody knows until when',
    'office',
    EIGHT,
    '12T10:00 letter; 12T11:00 wait; 12T12:00 until',
    'solve paused 1:00 due none',
  ],
  [
    'Stopped by hand',
    'office',
    EIGHT,
    '12T10:00 letter; 12T12:00 stop; 13T09:00 go',
    'solve running 2:00 due 13T15:00',
  ],
  [
    'Stopped while it waits, for longer',
    'office',
    EIGHT,
    '12T10:00 letter; 12T11:00 wait; 12T12:00 stop; 12T13:00 reopen; 12T14:00 go',
    'solve running 1:00 due 13T12:00',
  ],
  [
    'Snoozed, and the clock goes on',
    'office',
    EIGHT,
    '12T10:00 letter; 12T11:00 snooze; 12T13:00 wake',
    'solve running 3:00 due 12T18:00',
  ],
  [
    'Snoozed, and the policy stops the clock',
    'office',
    'solve 8:00, snoozed stops',
    '12T10:00 letter; 12T11:00 snooze; 12T13:00 wake',
    'solve running 1:00 due 13T11:00',
  ],
  ['Solved in time', 'office', EIGHT, '12T10:00 letter; 12T17:00 solve', 'solve met 7:00 due 12T18:00'],
  [
    'Opened again: the rest of the time is left',
    'office',
    EIGHT,
    '12T10:00 letter; 12T12:00 solve; 13T10:00 reopen',
    'solve running 2:00 due 13T16:00',
  ],
  [
    'Opened again and solved late',
    'office',
    EIGHT,
    '12T10:00 letter; 12T12:00 solve; 13T10:00 reopen; 13T16:30 solve',
    'solve missed 8:30 due 13T16:00',
  ],
  [
    'It became urgent',
    'office',
    URGENT,
    '12T10:00 letter; 12T12:00 urgent',
    'solve running 2:00 due 12T14:00',
  ],
  [
    'It became urgent too late: due at once',
    'office',
    URGENT,
    '12T10:00 letter; 12T15:00 urgent',
    'solve running 5:00 due 12T15:00',
  ],
  [
    'It is urgent no more',
    'office',
    URGENT,
    '12T10:00 letter; 12T10:00 urgent; 12T13:00 normal',
    'solve running 3:00 due 12T18:00',
  ],
  [
    'Overdue while urgent, in time again',
    'office',
    URGENT,
    '12T10:00 letter; 12T15:00 urgent; 12T16:00 normal',
    'solve running 6:00 due 12T18:00',
  ],
  [
    'The customer writes again',
    'office',
    ANSWERS,
    '12T10:00 letter; 12T11:00 reply; 12T12:00 letter',
    'first met 1:00 due 12T14:00; next running 0:00 due 12T14:00',
  ],
  [
    'Two letters in a row are one question',
    'office',
    ANSWERS,
    '12T10:00 letter; 12T11:00 reply; 12T12:00 letter; 12T13:00 letter',
    'first met 1:00 due 12T14:00; next running 1:00 due 12T14:00',
  ],
  [
    'Each next answer has its own time',
    'office',
    ANSWERS,
    '12T10:00 letter; 12T11:00 reply; 12T12:00 letter; 12T13:00 reply; 12T17:00 letter',
    'first met 1:00 due 12T14:00; next met 1:00 due 12T14:00; next running 0:00 due 13T10:00',
  ],
  ['What a machine wrote', 'office', FOUR, '12T10:00 automatic', 'nothing'],
  [
    'A reply that was taken back',
    'office',
    FOUR,
    '12T10:00 letter; 12T11:00 reply-taken-back; 12T12:00 until',
    'first running 2:00 due 12T14:00',
  ],
  [
    'Solved without an answer',
    'office',
    FOUR,
    '12T10:00 letter; 12T12:00 solve',
    'first met 2:00 due 12T14:00',
  ],
  [
    'The first answer stands too while the customer is waited for',
    'office',
    FOUR,
    '12T10:00 letter; 12T11:00 wait; 12T12:00 until',
    'first paused 1:00 due none',
  ],
];

export const workedCases: readonly WorkedCase[] = rows.map(([title, calendar, policy, story, result]) => ({
  title,
  calendar,
  policy,
  story,
  result,
}));
