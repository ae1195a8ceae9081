import { escapeHtml } from '@helpdesk/core';
import markdownIt, { type Token } from 'markdown-it';
import { IMAGES } from '../images/note-images.js';

const ALLOWED = /^(?:https?:\/\/|mailto:|tel:|#|\/(?!\/))/i;
const OWN_IMAGE = new RegExp(`^${IMAGES}/[0-9a-f]{64}\\.(?:png|jpg|gif|webp)$`);

/** The Markdown of articles: no HTML in it, line breaks count, addresses become links. */
export function createMarkdown({ images }: { images: string }) {
  const markdown = markdownIt({ html: false, linkify: true, breaks: true });
  markdown.validateLink = (address) => ALLOWED.test(address.trim());
  const { rules } = markdown.renderer;
  rules['image'] = (tokens, index) => printImage(tokens[index], images);
  rules['link_open'] = (tokens, index, options, _env, self) => {
    if (/^https?:/i.test(attribute(tokens[index], 'href'))) tokens[index]?.attrSet('rel', 'noopener');
    return self.renderToken(tokens, index, options);
  };
  rules['bullet_list_open'] = () => '<ul class="bul">\n';
  // Can be scrolled by keyboard where it is wider than a phone.
  rules['table_open'] = () => '<div class="table-scroll" tabindex="0"><table class="table">\n';
  rules['table_close'] = () => '</table></div>\n';
  rules['fence'] = (tokens, index) => printCode(tokens[index]);
  rules['code_block'] = rules['fence'];
  return markdown;
}

const printCode = (token: Token | undefined): string =>
  `<pre class="kb-code" tabindex="0"><code>${escapeHtml(token?.content ?? '')}</code></pre>\n`;

/** Only images of this desk are shown: one from elsewhere would tell its owner who reads. It stays a link. */
function printImage(token: Token | undefined, images: string): string {
  const address = attribute(token, 'src');
  const alt = escapeHtml(token?.content ?? '');
  if (!OWN_IMAGE.test(address))
    return `<a href="${escapeHtml(address)}" rel="noopener">${alt || escapeHtml(address)}</a>`;
  const src = escapeHtml(images + address.slice(IMAGES.length));
  const title = attribute(token, 'title');
  const caption = title ? `<span class="kb-caption">${escapeHtml(title)}</span>` : '';
  return `<span class="kb-figure"><img src="${src}" alt="${alt}" loading="lazy">${caption}</span>`;
}

/** The library allows numbers too. */
export const attribute = (token: Token | undefined, name: string): string =>
  String(token?.attrGet(name) ?? '');
