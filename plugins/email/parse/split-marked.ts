import { lengthWithoutSignature } from './cut-signature.js';
import { findQuote, isBlank, isHeaderBlock, isQuoted } from './find-quote.js';
import { ORIGINAL_MESSAGE, RULE_LINE } from './quote-words.js';

/** What follows a quote whose lines are marked with ">". */
export type AfterQuote =
  | { kind: 'quote' }
  /** One answer under one quote: lines from (inclusive) to (exclusive). */
  | { kind: 'answer'; from: number; to: number }
  /** Answers between the quoted lines. */
  | { kind: 'interleaved' };

/** A quoted line at least this long was probably wrapped, its rest standing unmarked on the next line. */
const WRAPPED_LENGTH = 55;

export function splitMarked(lines: readonly string[], start: number): AfterQuote {
  const first = lines.findIndex((line, index) => index >= start && isQuoted(line));
  if (first < 0) return { kind: 'quote' };
  const end = first + lengthWithoutSignature(untilFooter(lines.slice(first)));
  const blocks = listAnswers(lines, first, end);
  if (blocks.length === 0) return { kind: 'quote' };
  const [only] = blocks;
  if (blocks.length > 1 || only === undefined) return { kind: 'interleaved' };
  const isLast = !lines.slice(only.to, end).some(isQuoted);
  return isLast ? { kind: 'answer', ...only } : { kind: 'interleaved' };
}

/** Runs of lines that are neither quoted, nor blank, nor the wrapped rest of a quoted line. */
function listAnswers(lines: readonly string[], first: number, end: number): { from: number; to: number }[] {
  const answers: { from: number; to: number }[] = [];
  let current: { from: number; to: number } | null = null;
  for (let index = first; index < end; index += 1) {
    const line = lines[index] ?? '';
    if (isQuoted(line)) current = null;
    if (isQuoted(line) || isBlank(line) || isWrappedRest(lines, index)) continue;
    if (current) {
      current.to = index + 1;
    } else {
      current = { from: index, to: index + 1 };
      answers.push(current);
    }
  }
  return answers;
}

function isWrappedRest(lines: readonly string[], index: number): boolean {
  const above = lines[index - 1] ?? '';
  const below = lines[index + 1] ?? '';
  const line = lines[index] ?? '';
  return (
    isQuoted(above) &&
    above.length >= WRAPPED_LENGTH &&
    line.length < above.length &&
    (isQuoted(below) || isBlank(below))
  );
}

/** Footers of lists, and older quotes that carry no marks, end what can be an answer. */
function untilFooter(lines: readonly string[]): string[] {
  const end = lines.findIndex(
    (line, index) =>
      !isQuoted(line) &&
      !isBlank(line) &&
      (RULE_LINE.test(line) ||
        ORIGINAL_MESSAGE.test(line) ||
        isHeaderBlock(lines, index) ||
        isUnmarkedQuote(lines, index)),
  );
  return end < 0 ? [...lines] : lines.slice(0, end);
}

function isUnmarkedQuote(lines: readonly string[], index: number): boolean {
  if (!/[:：]\s*$/.test(lines[index] ?? '')) return false;
  const start = findQuote(lines.slice(Math.max(0, index - 3), index + 5).filter((line) => !isQuoted(line)));
  return start?.kind === 'rest';
}
