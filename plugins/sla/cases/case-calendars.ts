import type { Calendar } from '../calendar/calendar.js';
import { readHours } from '../calendar/hours-text.js';

const WORKDAYS = [1, 2, 3, 4, 5];
const DAILY = [1, 2, 3, 4, 5, 6, 7];

interface Given {
  readonly id: number;
  readonly name: string;
  readonly zone: string;
  readonly days: readonly number[];
  readonly hours: string;
  readonly holidays?: Readonly<Record<string, string>>;
}

const make = ({ id, name, zone, days, hours, holidays = {} }: Given): Calendar => ({
  id,
  name,
  zone,
  weekly: days.map((day) => ({ day, hours: readHours(hours) ?? [] })),
  holidays: Object.entries(holidays).map(([date, own]) => ({ date, hours: readHours(own) ?? [] })),
});

const MOSCOW = 'Europe/Moscow';
const BERLIN = 'Europe/Berlin';

/** The calendars of the worked cases. */
export const caseCalendars = {
  office: make({ id: 1, name: 'Mon–Fri 09–18, Moscow', zone: MOSCOW, days: WORKDAYS, hours: '09:00-18:00' }),
  lunch: make({
    id: 2,
    name: 'Mon–Fri 09–13 and 14–18, Moscow',
    zone: MOSCOW,
    days: WORKDAYS,
    hours: '09:00-13:00, 14:00-18:00',
  }),
  holidays: make({
    id: 3,
    name: 'Mon–Fri 09–18, Moscow; 13 March closed, 16 March 10–12',
    zone: MOSCOW,
    days: WORKDAYS,
    hours: '09:00-18:00',
    holidays: { '2026-03-13': '', '2026-03-16': '10:00-12:00' },
  }),
  night: make({ id: 4, name: 'daily 22–06, Moscow', zone: MOSCOW, days: DAILY, hours: '22:00-06:00' }),
  nightHoliday: make({
    id: 5,
    name: 'daily 22–06, Moscow; 13 March closed',
    zone: MOSCOW,
    days: DAILY,
    hours: '22:00-06:00',
    holidays: { '2026-03-13': '' },
  }),
  berlinNight: make({ id: 6, name: 'daily 22–06, Berlin', zone: BERLIN, days: DAILY, hours: '22:00-06:00' }),
  berlinTwo: make({ id: 7, name: 'daily 02–03, Berlin', zone: BERLIN, days: DAILY, hours: '02:00-03:00' }),
  berlinHalf: make({
    id: 8,
    name: 'daily 01–02:30, Berlin',
    zone: BERLIN,
    days: DAILY,
    hours: '01:00-02:30',
  }),
  newYork: make({
    id: 9,
    name: 'Mon–Fri 09–17, New York',
    zone: 'America/New_York',
    days: WORKDAYS,
    hours: '09:00-17:00',
  }),
  kolkata: make({
    id: 10,
    name: 'Mon–Sat 10–19, Kolkata',
    zone: 'Asia/Kolkata',
    days: [1, 2, 3, 4, 5, 6],
    hours: '10:00-19:00',
  }),
  lordHowe: make({
    id: 11,
    name: 'daily 01–03, Lord Howe',
    zone: 'Australia/Lord_Howe',
    days: DAILY,
    hours: '01:00-03:00',
  }),
  always: null,
} as const satisfies Readonly<Record<string, Calendar | null>>;
export type CaseCalendar = keyof typeof caseCalendars;
