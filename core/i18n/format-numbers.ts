import { cachedFormats } from './cached-formats.js';
import { unitWords, type DurationUnit } from './unit-words.js';

export interface NumberStyle {
  language: string;
  /** Digits after the comma at most; 1 for percent and 3 otherwise unless told. */
  digits?: number;
  /** `percent` takes a share: 0.86 prints 86 % in Russian and 86% in English. */
  style?: 'decimal' | 'percent';
}

const NO_BREAK = '\u00a0';

const decimals = new Map<number, ReturnType<typeof decimalFormats>>();
const percents = cachedFormats(
  (locale) => new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 }),
);

/** A number as the language writes it: 12 345,6 or 12,345.6. */
export function formatNumber(
  value: number,
  { language, digits = 3, style = 'decimal' }: NumberStyle,
): string {
  if (style === 'percent') return percents(language).format(value);
  const formats = decimals.get(digits) ?? decimalFormats(digits);
  decimals.set(digits, formats);
  return formats(language).format(value);
}

/** A size: 84 KB, 1,2 МБ. Counted in thousands of 1024, one digit after the comma below ten. */
export function formatBytes(bytes: number, { language }: { language: string }): string {
  const names = unitWords(language).bytes;
  let size = Math.max(0, bytes);
  let step = 0;
  while (size >= 1024 && step < names.length - 1) {
    size /= 1024;
    step += 1;
  }
  const number = formatNumber(size, { language, digits: size < 10 && step > 0 ? 1 : 0 });
  return `${number}${NO_BREAK}${names[step]}`;
}

/** A length of time in seconds by its two largest units: 4 min 18 s, 1 ч 10 мин. A negative one counts as its size. */
export function formatDuration(seconds: number, { language }: { language: string }): string {
  const words = unitWords(language);
  const parts: string[] = [];
  let rest = Math.round(Math.abs(seconds));
  for (const [unit, size] of UNITS) {
    const amount = Math.floor(rest / size);
    rest -= amount * size;
    if (amount > 0) parts.push(`${amount}${NO_BREAK}${words[unit]}`);
    // 3 days 5 seconds is 3 days: a gap ends the reading, the second unit is always the next smaller one.
    else if (parts.length > 0) break;
    if (parts.length === 2) break;
  }
  return parts.join(' ') || `0${NO_BREAK}${words.second}`;
}

const UNITS: readonly (readonly [DurationUnit, number])[] = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
];

function decimalFormats(digits: number) {
  const maximumFractionDigits = Math.min(Math.max(Math.trunc(digits), 0), 20);
  return cachedFormats((locale) => new Intl.NumberFormat(locale, { maximumFractionDigits }));
}
