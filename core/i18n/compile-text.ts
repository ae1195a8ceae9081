import { formatNumber } from './format-numbers.js';

/** Values for the placeholders of a text; `count` also chooses the plural form. */
export type TextValues = Readonly<Record<string, unknown>>;

/** A text split once, so that printing it is a concatenation. */
export type CompiledText = string | readonly Piece[];

type Piece = string | { name: string; asNumber: boolean };

const PLACEHOLDER = /\{\{\s*-?\s*([\w.]+)\s*(?:,\s*(number))?\s*\}\}/g;

/** Split a text at its `{{name}}` and `{{name, number}}` placeholders. */
export function compileText(text: string): CompiledText {
  const pieces: Piece[] = [];
  let from = 0;
  for (const match of text.matchAll(PLACEHOLDER)) {
    if (match.index > from) pieces.push(text.slice(from, match.index));
    pieces.push({ name: match[1] ?? '', asNumber: match[2] === 'number' });
    from = match.index + match[0].length;
  }
  if (pieces.length === 0) return text;
  if (from < text.length) pieces.push(text.slice(from));
  return pieces;
}

/** Print a compiled text. A value that is not there prints nothing. */
export function fillText(text: CompiledText, language: string, values: TextValues): string {
  if (typeof text === 'string') return text;
  let filled = '';
  for (const piece of text) {
    filled += typeof piece === 'string' ? piece : printValue(piece, language, values);
  }
  return filled;
}

function printValue(
  piece: { name: string; asNumber: boolean },
  language: string,
  values: TextValues,
): string {
  const value = Object.hasOwn(values, piece.name) ? values[piece.name] : undefined;
  if (typeof value === 'number') return piece.asNumber ? formatNumber(value, { language }) : String(value);
  if (typeof value === 'string') return value;
  return typeof value === 'bigint' || typeof value === 'boolean' ? String(value) : '';
}
