import { escapeHtml, sanitiseHtml, type Company, type FreezeMessage } from '@helpdesk/core';
import { findQuote } from '../parse/find-quote.js';
import { oneLine } from './one-line.js';
import { hideThreadTokens } from './thread-token.js';

type AnsweredLetter = NonNullable<FreezeMessage['answered']>;

/** A letter as an answer carries it below itself. */
export interface Quote {
  readonly text: string;
  readonly html: string;
}

/** Longest text that is quoted, in bytes of UTF-8. */
const TEXT_BYTES = 20 * 1024;
/** HTML longer than this is quoted by its text, in characters. */
const HTML_LENGTH = 40 * 1024;
const STYLE = 'margin:0 0 0 0.8ex;border-left:1px solid #cccccc;padding-left:1ex';

export interface QuoteIn {
  readonly language: 'ru' | 'en';
  readonly timeZone: Company['timeZone'];
  readonly t: (language: string, key: string, values?: Readonly<Record<string, unknown>>) => string;
}

/** What somebody wrote, with a line that says when and who. Only this letter: what it quotes itself is left out. */
export function quoteLetter(letter: AnsweredLetter, { language, timeZone, t }: QuoteIn): Quote {
  const when = new Intl.DateTimeFormat(language === 'ru' ? 'ru' : 'en-GB', {
    dateStyle: 'long',
    timeStyle: 'short',
    timeZone,
  }).format(new Date(letter.createdAt));
  const { name = '', value = '' } = letter.participants.from ?? {};
  const wrote = t(language, 'email.quote.wrote', { when, who: oneLine(name).slice(0, 100) || value });
  // Before it is cut: half a signature is half the work of guessing it.
  const { text, isCut } = cutText(hideThreadTokens(letter.text).trim());
  const lines = isCut ? `${text}\n\n${t(language, 'email.quote.cut')}` : text;
  const html = htmlOf(letter) ?? escapeHtml(lines).replaceAll('\n', '<br>');
  return {
    text: `${wrote}\n\n${lines.split('\n').map(mark).join('\n')}`,
    html: `<div>${escapeHtml(wrote)}</div><blockquote type="cite" style="${STYLE}">${html}</blockquote>`,
  };
}

const mark = (line: string) => (line === '' ? '>' : `> ${line}`);

function cutText(text: string): { text: string; isCut: boolean } {
  const bytes = Buffer.from(text);
  if (bytes.length <= TEXT_BYTES) return { text, isCut: false };
  // A letter cut in the middle of its bytes ends in a replacement character.
  const kept = bytes
    .subarray(0, TEXT_BYTES)
    .toString('utf8')
    .replace(/\uFFFD+$/, '');
  return { text: kept.trimEnd(), isCut: true };
}

/** The letter's own HTML, where it is short and holds no older letters. Pictures are named and never sent on. */
function htmlOf({ html, quote }: AnsweredLetter): string | null {
  if (html === null || html.length > HTML_LENGTH || holdsOlder(quote)) return null;
  const clean = sanitiseHtml(html, { remoteImages: 'block' }).html;
  return hideThreadTokens(clean.replaceAll(/<img\b[^<>]*>/g, nameImage));
}

function nameImage(image: string): string {
  const alt = /\salt="([^"]+)"/.exec(image)?.[1];
  return alt === undefined ? '' : `[${alt}]`;
}

/** What was folded away under the letter: a signature is the writer's own, a quote is not. */
function holdsOlder(quote: string): boolean {
  const lines = quote.slice(0, TEXT_BYTES).split('\n');
  return quote.length > TEXT_BYTES || findQuote(lines.map((line) => line.slice(0, 500))) !== null;
}
