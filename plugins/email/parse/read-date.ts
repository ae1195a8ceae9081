const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** Offsets in minutes of the zone names of RFC 822 and a few that are seen in practice. */
const ZONES: Readonly<Record<string, number>> = {
  ut: 0,
  utc: 0,
  gmt: 0,
  z: 0,
  wet: 0,
  bst: 60,
  cet: 60,
  west: 60,
  mez: 60,
  cest: 120,
  mesz: 120,
  eet: 120,
  eest: 180,
  msk: 180,
  msd: 240,
  ist: 330,
  jst: 540,
  kst: 540,
  aest: 600,
  edt: -240,
  est: -300,
  cdt: -300,
  cst: -360,
  mdt: -360,
  mst: -420,
  pdt: -420,
  pst: -480,
};

const RFC_DATE =
  /(\d{1,2})[\s-]+([a-z]{3})[a-z]*\.?[\s,-]+(\d{2,4})[\s,]+(\d{1,2})\s*[:.]\s*(\d{1,2})(?:\s*[:.]\s*(\d{1,2})(?:\.\d{1,9})?)?\s*(am|pm)?\s*([+-]\s?\d{1,2}:?\d{0,2}|[a-z]{1,5})?/i;
const ASCTIME =
  /([a-z]{3})[a-z]*\s+(\d{1,2})(?:,?\s+(\d{4}))?,?\s+(\d{1,2}):(\d{1,2})(?::(\d{1,2}))?(?:\s*(am|pm))?(?:\s*([+-]\d{4}|[a-z]{1,5}))?(?:\s+(\d{4}))?(?:\s*([+-]\d{4}))?/i;

/** A Date header (RFC 5322, with the old and broken forms that mail holds) as ISO 8601 in UTC, or null. */
export function readDate(value: string | undefined): string | null {
  if (value === undefined) return null;
  const text = value
    .slice(0, 200)
    .replace(/\([^()]*\)?/g, ' ')
    .trim();
  return readRfcDate(text) ?? readAsctime(text) ?? readIsoDate(text);
}

function readRfcDate(text: string): string | null {
  const match = RFC_DATE.exec(text);
  if (!match) return null;
  const [, day = '', month = '', year = '', hour = '', minute = '', second = '0', half, zone] = match;
  return toIso({ day, month, year, hour, minute, second, half, zone });
}

function readAsctime(text: string): string | null {
  const match = ASCTIME.exec(text.replace(/^[a-z]{3,9},?\s+(?=[a-z]{3})/i, ''));
  if (!match) return null;
  const [, month = '', day = '', early, hour = '', minute = '', second = '0', half, zone, late, offset] =
    match;
  const year = early ?? late;
  return year === undefined
    ? null
    : toIso({ day, month, year, hour, minute, second, half, zone: offset ?? zone });
}

function readIsoDate(text: string): string | null {
  const match = /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?)?\s*(Z|[+-]\d\d:?\d\d)?$/i.exec(
    text,
  );
  if (!match) return null;
  const zoned =
    match[1] === undefined ? `${text.replace(' ', 'T')}Z` : text.replace(' ', 'T').replace(' ', '');
  return isoOrNull(Date.parse(zoned.length === 11 ? zoned.slice(0, 10) : zoned));
}

interface DateWords {
  day: string;
  month: string;
  year: string;
  hour: string;
  minute: string;
  second: string;
  half: string | undefined;
  zone: string | undefined;
}

function toIso(words: DateWords): string | null {
  const month = MONTHS.indexOf(words.month.toLowerCase());
  const day = Number(words.day);
  const hour = fullHour(Number(words.hour), words.half?.toLowerCase());
  if (month < 0 || day < 1 || day > 31 || hour > 24 || Number(words.minute) > 59) return null;
  const local = Date.UTC(
    fullYear(words.year),
    month,
    day,
    hour,
    Number(words.minute),
    Math.min(Number(words.second), 59),
  );
  return isoOrNull(local - zoneMinutes(words.zone) * 60_000);
}

function fullHour(hour: number, half: string | undefined): number {
  if (half === 'pm' && hour < 12) return hour + 12;
  return half === 'am' && hour === 12 ? 0 : hour;
}

/** RFC 5322, section 4.3: two digits below 50 are 20xx, other two or three digits count from 1900. */
function fullYear(year: string): number {
  const number = Number(year);
  if (year.length >= 4) return number;
  return year.length === 2 && number < 50 ? number + 2000 : number + 1900;
}

function zoneMinutes(zone: string | undefined): number {
  if (zone === undefined) return 0;
  const match = /^([+-])\s?(\d{1,2}):?(\d{2})?$/.exec(zone);
  if (!match) return ZONES[zone.toLowerCase()] ?? 0;
  const minutes = Number(match[2]) * 60 + Number(match[3] ?? 0);
  // A zone beyond any on earth says nothing.
  if (minutes > 24 * 60) return 0;
  return match[1] === '-' ? -minutes : minutes;
}

function isoOrNull(time: number): string | null {
  const date = new Date(time);
  if (Number.isNaN(date.getTime())) return null;
  const year = date.getUTCFullYear();
  return year < 1900 || year > 9999 ? null : date.toISOString();
}
