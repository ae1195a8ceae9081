import { toIndex } from '@helpdesk/core';

/** A piece of text; `isHit` when it is a word that was looked for. */
export interface Piece {
  readonly text: string;
  readonly isHit: boolean;
}

const BEFORE = 60;
const LONGEST = 220;

const WINDOW = 1200;

/** A part of a long text with the first word that was looked for in it, long enough for an excerpt. */
export function around(text: string, stems: readonly string[]): string {
  if (text.length <= WINDOW) return text;
  const first = firstHit(text.toLowerCase().replaceAll('ё', 'е'), stems);
  const from = text.lastIndexOf(' ', Math.max(0, first - WINDOW / 4)) + 1;
  return text.slice(from, from + WINDOW);
}

/** The part of a text around the first word that was looked for, in pieces to be marked. */
export function excerpt(text: string, stems: readonly string[]): Piece[] {
  const folded = text.toLowerCase().replaceAll('ё', 'е');
  const first = firstHit(folded, stems);
  const from = first > BEFORE ? folded.lastIndexOf(' ', first - BEFORE) + 1 : 0;
  const cut = text.slice(from, from + LONGEST);
  const to = from + LONGEST < text.length ? cut.lastIndexOf(' ') : cut.length;
  const shown = `${from > 0 ? '… ' : ''}${cut.slice(0, to > 0 ? to : cut.length)}${to < text.length - from ? ' …' : ''}`;
  return markWords(shown, stems);
}

/** A text in pieces: the words that were looked for, in all their forms, and what is between them. */
export function markWords(text: string, stems: readonly string[]): Piece[] {
  const pieces: Piece[] = [];
  let between = '';
  for (const part of text.split(/([\p{L}\p{N}]+)/u)) {
    if (!isHit(part, stems)) between += part;
    else {
      if (between !== '') pieces.push({ text: between, isHit: false });
      pieces.push({ text: part, isHit: true });
      between = '';
    }
  }
  return between === '' ? pieces : [...pieces, { text: between, isHit: false }];
}

function isHit(part: string, stems: readonly string[]): boolean {
  if (!/^[\p{L}\p{N}]/u.test(part)) return false;
  const stem = toIndex(part);
  const last = stems.at(-1);
  return stems.includes(stem) || (last !== undefined && last.length > 2 && stem.startsWith(last));
}

/** Where the first word begins that has one of the stems; 0 when there is none. */
function firstHit(folded: string, stems: readonly string[]): number {
  let first = Infinity;
  for (const stem of stems) {
    let at = folded.indexOf(stem);
    while (at > 0 && at < first && /[\p{L}\p{N}]/u.test(folded[at - 1] ?? ''))
      at = folded.indexOf(stem, at + 1);
    if (at >= 0 && at < first) first = at;
  }
  return first === Infinity ? 0 : first;
}
