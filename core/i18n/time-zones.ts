type Language = 'ru' | 'en';
export interface TimeZoneOption {
  readonly value: string;
  readonly label: string;
}

const ids: readonly string[] = [
  'UTC',
  ...Intl.supportedValuesOf('timeZone').filter((name) => name !== 'UTC'),
];
const HOUR_MS = 3_600_000;
const kept = new Map<Language, { hour: number; options: readonly TimeZoneOption[] }>();

/**
 * Time zones to choose from, by name: the city in the reader's language, or its country where a language names the
 * zone so, and the offset of today. `stored` is offered even when it goes by an older name.
 */
export function timeZoneOptions(
  { language, now }: { readonly language: Language; readonly now: Date },
  stored = '',
): readonly TimeZoneOption[] {
  const hour = Math.floor(now.getTime() / HOUR_MS);
  let known = kept.get(language);
  if (known?.hour !== hour) kept.set(language, (known = { hour, options: listZones(language, now) }));
  const { options } = known;
  if (stored === '' || !isTimeZone(stored) || options.some(({ value }) => value === stored)) return options;
  return [labelled(stored, language, now), ...options];
}

/** Whether the runtime can count in this time zone. */
export function isTimeZone(name: string): boolean {
  if (name.length > 64) return false;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

function listZones(language: Language, now: Date): readonly TimeZoneOption[] {
  const byName = new Intl.Collator(language);
  return ids.map((id) => labelled(id, language, now)).toSorted((a, b) => byName.compare(a.label, b.label));
}

function labelled(id: string, language: Language, now: Date): TimeZoneOption {
  const offset = partOf(id, { language: 'en', style: 'shortOffset', now }).replace('GMT', 'UTC');
  if (id === 'UTC') return { value: id, label: id };
  return { value: id, label: `${nameOf(id, language, now)}, ${offset === 'UTC+0' ? 'UTC' : offset}` };
}

/** In English ids are names of cities already; other languages have words of their own for most of them. */
function nameOf(id: string, language: Language, now: Date): string {
  const city = (id.split('/').at(-1) ?? id).replaceAll('_', ' ');
  if (language === 'en') return city;
  const name = partOf(id, { language, style: 'shortGeneric', now });
  if (/^(?:GMT|UTC)/.test(name)) return city;
  return countriesIn(language).has(name) ? `${name} (${city})` : name;
}

function partOf(
  timeZone: string,
  { language, style, now }: { language: Language; style: 'shortGeneric' | 'shortOffset'; now: Date },
): string {
  const format = new Intl.DateTimeFormat(language, { timeZone, timeZoneName: style });
  return format.formatToParts(now).find(({ type }) => type === 'timeZoneName')?.value ?? timeZone;
}

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'.split('');
const countries = new Map<Language, ReadonlySet<string | undefined>>();

function countriesIn(language: Language): ReadonlySet<string | undefined> {
  let known = countries.get(language);
  if (!known) {
    const names = new Intl.DisplayNames(language, { type: 'region', fallback: 'none' });
    known = new Set(letters.flatMap((first) => letters.map((second) => names.of(first + second))));
    countries.set(language, known);
  }
  return known;
}
