import { randomUUID } from 'node:crypto';

import { escapeHtml, safeHtml, type SafeHtml } from '../safe-html.js';
import { slotKey } from '../slot-key.js';
import { printAvatar } from './print-avatar.js';
import { scopeOf } from './render-scope.js';
import { safeUrl } from './safe-url.js';

type Options = Handlebars.HelperOptions;

const icons = new Map<string, SafeHtml>();

/** Helpers that print markup. What comes from outside is escaped here, because `safeHtml` ends the escaping. */
export const htmlHelpers = {
  icon(name: unknown, options: Options): SafeHtml | string {
    if (typeof name !== 'string' || !/^[\w-]+$/.test(name)) return '';
    const sprite = scopeOf(options).context.asset('icons.svg');
    const cls = typeof options.hash.cls === 'string' ? ` ${options.hash.cls}` : '';
    const key = `${name}${cls} ${sprite}`;
    const known = icons.get(key);
    if (known !== undefined) return known;
    const use = `<use href="${escapeHtml(`${sprite}#${name}`)}"/>`;
    const made = safeHtml(
      `<svg class="i${escapeHtml(cls)}" aria-hidden="true" focusable="false">${use}</svg>`,
    );
    if (icons.size > 1000) icons.clear();
    icons.set(key, made);
    return made;
  },

  av(person: unknown, options: Options): SafeHtml | string {
    return typeof person === 'object' && person !== null ? safeHtml(printAvatar(person, options.hash)) : '';
  },

  asset(path: unknown, options: Options): string {
    return typeof path === 'string' ? scopeOf(options).context.asset(path) : '';
  },

  url: (link: unknown): string => safeUrl(link),

  slot(place: unknown, options: Options): SafeHtml | string {
    if (typeof place !== 'string') return '';
    const { wrap: _, ...args } = options.hash;
    return scopeOf(options).panels.get(slotKey(place, args)) ?? '';
  },

  kept(name: unknown, ...given: unknown[]): SafeHtml | string {
    const options = given.at(-1) as Options;
    const data = given.length > 1 ? given[0] : {};
    return typeof name === 'string' ? scopeOf(options).kept(name, data) : '';
  },

  csrf(options: Options): SafeHtml | string {
    const { csrfToken } = scopeOf(options).context;
    return csrfToken === undefined ? '' : hiddenField('_csrf', csrfToken);
  },

  once(options: Options): SafeHtml {
    return hiddenField('_once', scopeOf(options).context.once?.() ?? randomUUID());
  },

  // Without `<` no tag can end the script element, and without `&` nothing depends on how it is read.
  json(value: unknown): SafeHtml {
    const text = JSON.stringify(value) ?? 'null';
    return safeHtml(
      text.replace(/[<>&\u2028\u2029]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`),
    );
  },
};

function hiddenField(name: string, value: string): SafeHtml {
  return safeHtml(`<input type="hidden" name="${name}" value="${escapeHtml(value)}">`);
}
