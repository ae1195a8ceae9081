import { cachedFormats } from './cached-formats.js';

export interface TimeStyle {
  language: string;
  /** IANA name of the reader's zone, such as Asia/Yekaterinburg. */
  timeZone: string;
  /** The present moment as ISO text; decides what is today and which year needs no naming. */
  now: string;
}

const DAY_MS = 86_400_000;

// English day numbers parse back as a date: the cheapest way to a calendar day in a zone.
const calendarDays = cachedFormats((_, timeZone) =>
  dateFormat('en-CA', timeZone, { year: 'numeric', month: '2-digit', day: '2-digit' }),
);
const clocks = cachedFormats((locale, zone) =>
  dateFormat(locale, zone, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }),
);
const weekdays = cachedFormats((locale, zone) => dateFormat(locale, zone, { weekday: 'short' }));
const shortDates = cachedFormats((locale, zone) =>
  dateFormat(locale, zone, { day: 'numeric', month: 'short' }),
);
const shortYears = cachedFormats((locale, zone) =>
  dateFormat(locale, zone, { day: 'numeric', month: 'short', year: 'numeric' }),
);
const longDates = cachedFormats((locale, zone) =>
  dateFormat(locale, zone, { day: 'numeric', month: 'long' }),
);
const longYears = cachedFormats((locale, zone) =>
  dateFormat(locale, zone, { day: 'numeric', month: 'long', year: 'numeric' }),
);
const longWeekdays = cachedFormats((locale, zone) => dateFormat(locale, zone, { weekday: 'long' }));
const wholeMoments = cachedFormats((locale, zone) =>
  dateFormat(locale, zone, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZoneName: 'short',
  }),
);

// A list shows the same moments again and again; what does not depend on the present is worked out once.
const fullTimes = remembered();
const days = remembered();

/**
 * The exact short time of a list: today 14:10, the last six days Wed, this year 9 Mar, else 9 Mar 2025.
 * A moment in the future also has its clock after today: Fri 09:00, 16 Mar 09:00. Bad input prints nothing.
 */
export function formatTime(iso: string, { language, timeZone, now }: TimeStyle): string {
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) return '';
  const moment = new Date(now);
  const day = days(`${timeZone} ${iso}`, () => calendarDays(language, timeZone).format(at));
  const today = dayOf(now, moment, timeZone);
  if (day === today) return clocks(language, timeZone).format(at);
  const distance = Math.round((Date.parse(day) - Date.parse(today)) / DAY_MS);
  const text = shortDay(at, distance, {
    language,
    timeZone,
    sameYear: day.slice(0, 4) === today.slice(0, 4),
  });
  return at > moment ? `${text} ${clocks(language, timeZone).format(at)}` : text;
}

/** The whole moment, for a title: Thursday, 12 March 2026 at 14:10 GMT+5. */
export function formatFullTime(iso: string, { language, timeZone }: Omit<TimeStyle, 'now'>): string {
  return fullTimes(`${language} ${timeZone} ${iso}`, () => {
    const at = new Date(iso);
    if (Number.isNaN(at.getTime())) return '';
    return capital(wholeMoments(language, timeZone).format(at)).replace(/\sг\./u, '');
  });
}

/** A day in words: 12 March, with its year when that is not this year; with `weekday` Thursday, 12 March. */
export function formatDate(
  iso: string,
  { weekday = false, ...style }: TimeStyle & { weekday?: boolean },
): string {
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) return '';
  const { language, timeZone, now } = style;
  const today = dayOf(now, new Date(now), timeZone);
  const sameYear = calendarDays(language, timeZone).format(at).slice(0, 4) === today.slice(0, 4);
  const date = sameYear
    ? longDates(language, timeZone).format(at)
    : withoutYearMark(longYears(language, timeZone).format(at));
  return weekday ? `${capital(longWeekdays(language, timeZone).format(at))}, ${date}` : date;
}

/** The calendar day (2026-03-12) of a moment in a zone; what groups a conversation by days. */
export function calendarDay(iso: string, { timeZone }: { timeZone: string }): string {
  return calendarDays('en', timeZone).format(new Date(iso));
}

function shortDay(
  at: Date,
  distance: number,
  { language, timeZone, sameYear }: { language: string; timeZone: string; sameYear: boolean },
): string {
  if (distance > -7 && distance < 7) return weekdays(language, timeZone).format(at);
  const text = sameYear
    ? shortDates(language, timeZone).format(at)
    : withoutYearMark(shortYears(language, timeZone).format(at));
  return text.replace('.', '');
}

// The same `now` is asked for on every row of a page.
let lastToday: { key: string; day: string } | undefined;

function dayOf(now: string, moment: Date, timeZone: string): string {
  const key = `${now} ${timeZone}`;
  if (lastToday?.key !== key) lastToday = { key, day: calendarDays('en', timeZone).format(moment) };
  return lastToday.day;
}

function dateFormat(
  locale: string,
  timeZone: string,
  options: Intl.DateTimeFormatOptions,
): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat(locale, { ...options, timeZone });
}

// Russian adds «г.» after a year, which a list has no room for.
function withoutYearMark(text: string): string {
  return text.replace(/\s?г\.$/u, '');
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function remembered(): (key: string, make: () => string) => string {
  const kept = new Map<string, string>();
  return (key, make) => {
    const known = kept.get(key);
    if (known !== undefined) return known;
    const made = make();
    if (kept.size >= 5000) kept.clear();
    kept.set(key, made);
    return made;
  };
}
