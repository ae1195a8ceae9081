import { lengthInText, replyFromHtml } from './cut-html.js';
import { lengthWithoutSignature, trimEnd } from './cut-signature.js';
import { findQuote, isBlank, isQuoted, type QuoteStart } from './find-quote.js';
import { limits } from './limits.js';
import { FORWARD_MARK, FORWARD_SUBJECT } from './quote-words.js';
import { secondOpinion } from './second-opinion.js';
import { splitMarked } from './split-marked.js';

export interface CutSource {
  /** The whole text of the mail. */
  text: string;
  /** Its HTML as it came, where there is one. */
  html?: string;
  subject?: string;
}

export interface CutReply {
  /** What the sender wrote now. Never empty when the mail holds anything but a quote. */
  reply: string;
  /** Quote and signature, as far as they are not part of the reply. */
  quote: string;
}

/** Longest line that patterns are tried on. */
const LINE_LENGTH = 500;

/**
 * Takes quote and signature off a reply. Forwarded mails and answers between the quoted lines stay whole.
 * Only the first 64 KB are looked at.
 */
export function cutReply({ text, html = '', subject = '' }: CutSource): CutReply {
  const head = text.slice(0, limits.replyLength);
  const whole = head.split('\n');
  const lines = whole.map((line) => line.slice(0, LINE_LENGTH));
  const start = findQuote(lines);
  if (isForward(lines, subject, start)) return { reply: text.trim(), quote: '' };
  if (start) return cutAtQuote(text, whole, lines, start);
  return cutByHtml(text, html) ?? cutUnmarked(text, whole, lines);
}

function isForward(lines: readonly string[], subject: string, start: QuoteStart | null): boolean {
  const mark = lines.findIndex((line) => FORWARD_MARK.test(line));
  if (mark >= 0 && (start === null || mark <= start.line + 3)) return true;
  return start !== null && FORWARD_SUBJECT.test(subject);
}

function cutAtQuote(
  text: string,
  whole: readonly string[],
  lines: readonly string[],
  start: QuoteStart,
): CutReply {
  const before = lengthWithoutSignature(lines.slice(0, start.line));
  if (start.kind === 'rest') return before === 0 ? showAll(text) : split(text, whole, before);
  const after = splitMarked(lines, start.line);
  if (after.kind === 'quote')
    return before === 0 && !hasOnlyQuote(lines) ? showAll(text) : split(text, whole, before);
  if (after.kind === 'answer' && before === 0) return bottomReply(whole, after.from, after.to);
  const end = lengthWithoutSignature(lines);
  return split(text, whole, end);
}

/** An answer under the quote, as mailing lists have it. */
function bottomReply(whole: readonly string[], from: number, to: number): CutReply {
  const quote = [...whole.slice(0, from), ...whole.slice(to)].join('\n').trim();
  return { reply: whole.slice(from, to).join('\n').trim(), quote };
}

function cutByHtml(text: string, html: string): CutReply | null {
  const reply = html === '' ? null : replyFromHtml(html.slice(0, limits.htmlLength));
  if (reply === null || reply.length > limits.replyLength) return null;
  const length = lengthInText(text, reply);
  const found = length < 0 ? reply : closeLine(text, length);
  const lines = found.split('\n');
  const kept = lines.slice(0, lengthWithoutSignature(lines.map((line) => line.slice(0, LINE_LENGTH))));
  const clean = kept.join('\n').trim();
  if (clean === '') return null;
  return {
    reply: clean,
    quote: length < 0 ? text.trim() : text.slice(text.indexOf(clean) + clean.length).trim(),
  };
}

/** Takes the punctuation behind the last letter along. */
function closeLine(text: string, length: number): string {
  const tail = /^[^\s\p{L}\p{N}]{0,10}/u.exec(text.slice(length))?.[0] ?? '';
  return text.slice(0, length + tail.length).trim();
}

function cutUnmarked(text: string, whole: readonly string[], lines: readonly string[]): CutReply {
  const end = lengthWithoutSignature(lines);
  if (end === 0) return showAll(text);
  if (end < trimEnd(lines, lines.length)) return split(text, whole, end);
  return secondOpinion(text) ?? showAll(text);
}

/** The first `end` lines and the rest; all of it where nothing would be left. */
function split(text: string, whole: readonly string[], end: number): CutReply {
  const reply = whole.slice(0, end).join('\n');
  if (reply.trim() === '' && !hasOnlyQuote(whole)) return showAll(text);
  return { reply: reply.trim(), quote: text.slice(reply.length).trim() };
}

function showAll(text: string): CutReply {
  return { reply: text.trim(), quote: '' };
}

function hasOnlyQuote(lines: readonly string[]): boolean {
  const start = findQuote(lines);
  if (start?.kind !== 'marked') return false;
  const first = lines.findIndex(isQuoted);
  return first >= 0 && lines.slice(first).every((line) => isBlank(line) || isQuoted(line));
}
