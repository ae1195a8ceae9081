import { compile } from 'html-to-text';
import { limits } from './limits.js';
import { isNestedDeeper } from './measure-depth.js';

const convert = compile({
  wordwrap: false,
  limits: { maxInputLength: limits.htmlLength, maxDepth: 200, ellipsis: '…' },
  selectors: [
    { selector: 'a', options: { hideLinkHrefIfSameAsText: true, noAnchorUrl: true } },
    { selector: 'img', format: 'skip' },
    ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((selector) => ({ selector, options: { uppercase: false } })),
    { selector: 'table', format: 'block' },
    ...['style', 'script', 'title', 'head'].map((selector) => ({ selector, format: 'skip' })),
  ],
});

/** Deeper markup is only stripped of its tags. */
const MAX_DEPTH = 500;

/** The words of an HTML mail as plain text, quotes marked with ">". */
export function deriveText(html: string): string {
  const start = html.slice(0, limits.htmlLength);
  if (isNestedDeeper(start, MAX_DEPTH)) return bareWords(start);
  try {
    return convert(start)
      .replace(/[ \t\u00A0]+$/gm, '')
      .replace(/\n{3,}/g, '\n\n');
  } catch {
    return bareWords(start);
  }
}

/** The text between the tags, for markup that no converter gets through. */
export function bareWords(html: string): string {
  return html
    .replace(/<[^<>]{0,5000}>/g, ' ')
    .replace(/[ \t]{2,}/g, ' ')
    .trim();
}
