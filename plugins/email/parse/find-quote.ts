import {
  ATTRIBUTION_START,
  HEADER_LABELS,
  ORIGINAL_MESSAGE,
  REPLY_ABOVE,
  RULE_LINE,
  WROTE,
} from './quote-words.js';

export interface QuoteStart {
  /** Index of the first line that belongs to the quote, its introduction included. */
  line: number;
  /** 'marked': the quoted lines carry ">"; 'rest': all that follows is quoted. */
  kind: 'marked' | 'rest';
}

const MAX_WRAPPED_LINES = 4;

export const isQuoted = (line: string): boolean => /^\s{0,3}(?:>|\|\s|│)/.test(line);
export const isBlank = (line: string): boolean => line.trim() === '';

/** Where the quote begins, or null. Lines are expected to be short (see cutReply). */
export function findQuote(lines: readonly string[]): QuoteStart | null {
  for (let index = 0; index < lines.length; index += 1) {
    const start = quoteAt(lines, index);
    if (start) return { ...start, line: skipRulesBackwards(lines, start.line) };
  }
  return null;
}

function quoteAt(lines: readonly string[], index: number): QuoteStart | null {
  const line = lines[index] ?? '';
  if (isQuoted(line)) return { line: introductionAbove(lines, index), kind: 'marked' };
  if (isBlank(line)) return null;
  if (ORIGINAL_MESSAGE.test(line) || REPLY_ABOVE.test(line)) return { line: index, kind: 'rest' };
  if (isHeaderBlock(lines, index)) return { line: index, kind: 'rest' };
  const start = attributionEndingAt(lines, index);
  if (start < 0) return null;
  return { line: start, kind: isQuoted(nextText(lines, index)) ? 'marked' : 'rest' };
}

/** Two of the other labels within the five lines after "From:", or three labels of which one is "From:". */
export function isHeaderBlock(lines: readonly string[], index: number): boolean {
  const line = lines[index] ?? '';
  if (!isLabelled(line)) return false;
  const block = textLines(lines, index, 6);
  const has = (label: RegExp) => block.some((entry) => label.test(entry));
  if (!block.slice(0, 4).some((entry) => HEADER_LABELS.from.test(entry))) return false;
  const { sent, to, subject } = HEADER_LABELS;
  const found = [sent, to, subject].filter(has).length;
  return HEADER_LABELS.from.test(line) ? found >= 2 : found >= 2 && isLabelled(block[1] ?? '');
}

function isLabelled(line: string): boolean {
  return /[:：]/.test(line.slice(0, 30)) && Object.values(HEADER_LABELS).some((label) => label.test(line));
}

function textLines(lines: readonly string[], from: number, count: number): string[] {
  const found: string[] = [];
  for (
    let index = from;
    index < lines.length && found.length < count && index < from + count * 2;
    index += 1
  ) {
    const line = lines[index] ?? '';
    if (!isBlank(line)) found.push(line);
  }
  return found;
}

/** The first line of an attribution that ends in this line, or -1. */
function attributionEndingAt(lines: readonly string[], index: number): number {
  const line = lines[index] ?? '';
  if (!/[:：]\s*\*?\s*$/.test(line)) return -1;
  const isMarked = isQuoted(nextText(lines, index));
  for (let start = index; start > index - MAX_WRAPPED_LINES && start >= 0; start -= 1) {
    const first = lines[start] ?? '';
    if (isBlank(first) || isQuoted(first)) break;
    const whole = lines.slice(start, index + 1).join(' ');
    if (isAttribution(whole, isMarked) && (start === index || ATTRIBUTION_START.test(first))) {
      return start === index ? widen(lines, start) : start;
    }
  }
  return WROTE.test(line) && isMarked ? index : -1;
}

/** A line can be an attribution by itself and still be the second half of a wrapped one. */
function widen(lines: readonly string[], start: number): number {
  if (ATTRIBUTION_START.test(lines[start] ?? '')) return start;
  for (let above = start - 1; above > start - MAX_WRAPPED_LINES && above >= 0; above -= 1) {
    const line = lines[above] ?? '';
    if (isBlank(line) || isQuoted(line)) return start;
    if (ATTRIBUTION_START.test(line) && /\d/.test(line)) return above;
  }
  return start;
}

const ADDRESS = /[^\s<>"'()[\]]{1,64}@[^\s<>"'()[\]]{2,100}/;
const WHEN = /\d{1,2}[:.h]\d{2}|\d{4}|\d{1,2}[./-]\d{1,2}[./-]\d{2}|\d{4}年/;

function isAttribution(text: string, isMarked: boolean): boolean {
  const hasTime = WHEN.test(text);
  const hasAddress = ADDRESS.test(text);
  if (WROTE.test(text)) return hasTime || hasAddress || isMarked;
  // Gmail and Yandex in Russian and Gmail in Japanese have no verb: date, time, name, <address>:
  return hasTime && hasAddress && /[>)\]"”»]?\s*[:：]\s*\*?\s*$/.test(text);
}

function introductionAbove(lines: readonly string[], index: number): number {
  let above = index - 1;
  while (above >= 0 && above > index - 3 && isBlank(lines[above] ?? '')) above -= 1;
  const line = lines[above] ?? '';
  if (above < 0 || isBlank(line)) return index;
  const start = attributionEndingAt(lines, above);
  if (start >= 0) return start;
  const isLikely = /[:：]\s*$/.test(line) && line.length < 200 && (ADDRESS.test(line) || WHEN.test(line));
  return isLikely ? above : index;
}

function nextText(lines: readonly string[], index: number): string {
  return lines.slice(index + 1, index + 5).find((line) => !isBlank(line)) ?? '';
}

function skipRulesBackwards(lines: readonly string[], start: number): number {
  let line = start;
  while (line > 0 && (isBlank(lines[line - 1] ?? '') || RULE_LINE.test(lines[line - 1] ?? ''))) line -= 1;
  return line;
}
