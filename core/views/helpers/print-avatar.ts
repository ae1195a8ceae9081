import { escapeHtml } from '../safe-html.js';

/** The round mark of a person. `me` colours it, `cls` sizes it, `named` says the name to screen readers. */
export function printAvatar(person: object, { cls, named }: Record<string, unknown>): string {
  const name = 'name' in person && typeof person.name === 'string' ? person.name : '';
  const initials =
    'initials' in person && typeof person.initials === 'string' ? person.initials : initialsOf(name);
  const mine = 'me' in person && person.me === true ? ' av-me' : '';
  const classes = escapeHtml(`av${typeof cls === 'string' ? ` ${cls}` : ''}${mine}`);
  const said = escapeHtml(name);
  const speech = named === true ? `role="img" aria-label="${said}" title="${said}"` : 'aria-hidden="true"';
  return `<span class="${classes}" ${speech}>${escapeHtml(initials)}</span>`;
}

/** First letters of the first and the last word, by code point: Дмитрий Орлов → ДО. */
export function initialsOf(name: string): string {
  const words = name.split(/\s+/u).filter((word) => /^[\p{L}\p{N}]/u.test(word));
  const first = words[0];
  const last = words.length > 1 ? words.at(-1) : undefined;
  return (
    [first, last]
      .map((word) => (word === undefined ? '' : String.fromCodePoint(word.codePointAt(0) ?? 32)))
      .join('')
      .toLocaleUpperCase() || '?'
  );
}
