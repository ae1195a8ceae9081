import { formatBytes, formatDuration, formatNumber } from '../../i18n/format-numbers.js';
import { formatDate, formatFullTime, formatTime } from '../../i18n/format-times.js';
import { escapeHtml, safeHtml, type SafeHtml } from '../safe-html.js';
import { scopeOf } from './render-scope.js';

type Options = Handlebars.HelperOptions;

/** Helpers that print words, times and numbers in the reader's language. */
export const textHelpers = {
  t(key: unknown, options: Options): string {
    const { texts, context } = scopeOf(options);
    return typeof key === 'string' ? texts.t(context.language, key, options.hash) : '';
  },

  time(iso: unknown, options: Options): string | SafeHtml {
    const { language, timeZone, now } = scopeOf(options).context;
    if (typeof iso !== 'string' || iso === '') return '';
    const full = formatFullTime(iso, { language, timeZone });
    const text = options.hash.long ? full : formatTime(iso, { language, timeZone, now });
    if (options.hash.plain) return text;
    const cls = typeof options.hash.cls === 'string' ? ` class="${escapeHtml(options.hash.cls)}"` : '';
    return safeHtml(
      `<time${cls} datetime="${escapeHtml(iso)}" title="${escapeHtml(full)}">${escapeHtml(text)}</time>`,
    );
  },

  date(iso: unknown, options: Options): string {
    const { language, timeZone, now } = scopeOf(options).context;
    const weekday = options.hash.weekday === true;
    return typeof iso === 'string' ? formatDate(iso, { language, timeZone, now, weekday }) : '';
  },

  number(value: unknown, options: Options): string {
    const { language } = scopeOf(options).context;
    const { digits, style } = options.hash;
    const format = {
      language,
      ...(typeof digits === 'number' && { digits }),
      ...(style === 'percent' && { style }),
    };
    return typeof value === 'number' ? formatNumber(value, format) : '';
  },

  bytes(value: unknown, options: Options): string {
    return typeof value === 'number' ? formatBytes(value, scopeOf(options).context) : '';
  },

  duration(seconds: unknown, options: Options): string {
    return typeof seconds === 'number' ? formatDuration(seconds, scopeOf(options).context) : '';
  },
};
