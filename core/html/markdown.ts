import markdownIt from 'markdown-it';
import { sanitiseHtml } from './sanitise-html.js';

/** Longest text that is rendered, in characters; the rest is dropped. */
const MAX_MARKDOWN_LENGTH = 256 * 1024;

const markdown = markdownIt({ html: false, linkify: true, breaks: true });

/** What an agent wrote in Markdown, as safe HTML. Line breaks count, HTML in it is shown as text. */
export function renderMarkdown(text: string): string {
  const html = markdown.render(text.slice(0, MAX_MARKDOWN_LENGTH));
  return sanitiseHtml(html, { remoteImages: 'keep' }).html;
}
