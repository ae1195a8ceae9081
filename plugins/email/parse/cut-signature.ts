import { PROGRAM_SIGNATURE, RULE_LINE, SIGNATURE_LINE } from './quote-words.js';

/** A signature longer than this is text that happens to stand under two dashes. */
const MAX_SIGNATURE_LINES = 25;
const MAX_LINES_AFTER_PROGRAM_NAME = 3;

/** How many of the lines are left when the signature at the end is taken away. */
export function lengthWithoutSignature(lines: readonly string[]): number {
  const length = trimEnd(lines, lines.length);
  const dashes = lastIndexWithin(lines, length, MAX_SIGNATURE_LINES, (line) => SIGNATURE_LINE.test(line));
  const afterDashes = dashes < 0 ? length : trimEnd(lines, dashes);
  const program = lastIndexWithin(lines, afterDashes, MAX_LINES_AFTER_PROGRAM_NAME + 5, isProgramName);
  if (program < 0) return afterDashes;
  const textAfter = lines.slice(program + 1, afterDashes).filter((line) => line.trim() !== '').length;
  return textAfter > MAX_LINES_AFTER_PROGRAM_NAME ? afterDashes : trimEnd(lines, program);
}

function isProgramName(line: string): boolean {
  return line.length < 160 && PROGRAM_SIGNATURE.test(line);
}

/** The first match among the last `count` lines with text: signatures may hold dashes of their own. */
function lastIndexWithin(
  lines: readonly string[],
  length: number,
  count: number,
  matches: (line: string) => boolean,
): number {
  let found = -1;
  let seen = 0;
  for (let index = length - 1; index >= 0 && seen <= count; index -= 1) {
    const line = lines[index] ?? '';
    if (line.trim() !== '') seen += 1;
    if (matches(line)) found = index;
  }
  return found;
}

/** Blank lines and rules at the end. */
export function trimEnd(lines: readonly string[], length: number): number {
  let end = length;
  while (end > 0 && ((lines[end - 1] ?? '').trim() === '' || RULE_LINE.test(lines[end - 1] ?? ''))) end -= 1;
  return end;
}
