import type { App } from '@helpdesk/core';
import type { Token } from 'markdown-it';
import { IMAGES } from '../images/note-images.js';
import { attribute, createMarkdown } from './markdown.js';
import { toSlug } from './slug.js';
import { readVideo } from './video.js';
import { videoCard } from './video-card.js';

export interface Heading {
  readonly id: string;
  readonly text: string;
}

export interface RenderedArticle {
  /** Safe: made of Markdown that may hold no HTML. */
  readonly html: string;
  /** Of the second level: the contents of the page. */
  readonly headings: readonly Heading[];
}

export interface RenderArticle {
  readonly body: string;
  /** Says words of the page in the language of the text. */
  t(key: string): string;
  /** Where the reader of this page gets images; colleagues have an address of their own. */
  readonly images?: string;
}

const LONGEST = 256 * 1024;

/** An article as HTML: images of this desk alone, films as cards that load nothing, headings with addresses. */
export function renderArticle(
  app: Pick<App, 'keys'>,
  { body, t, images = IMAGES }: RenderArticle,
): RenderedArticle {
  const markdown = createMarkdown({ images });
  const tokens = markdown.parse(body.slice(0, LONGEST), {});
  const headings = nameHeadings(tokens);
  return { html: markdown.renderer.render(showFilms(app, tokens, t), markdown.options, {}), headings };
}

/** Gives headings an address, and the page its first level: the title has it. */
function nameHeadings(tokens: readonly Token[]): Heading[] {
  const headings: Heading[] = [];
  const used = new Set<string>();
  tokens.forEach((token, index) => {
    if (token.type !== 'heading_open' && token.type !== 'heading_close') return;
    const level = Math.max(2, Number(token.tag.slice(1)));
    token.tag = `h${level}`;
    if (token.type === 'heading_close') return;
    const text = textOf(tokens[index + 1]);
    const id = newId(text, used);
    token.attrSet('id', id);
    if (level === 2) headings.push({ id, text });
  });
  return headings;
}

const textOf = (inline: Token | undefined): string =>
  (inline?.children ?? []).map(({ type, content }) => (type === 'softbreak' ? ' ' : content)).join('');

function newId(text: string, used: Set<string>): string {
  const base = `p-${toSlug(text).slice(0, 60) || 'part'}`;
  let id = base;
  for (let number = 2; used.has(id); number += 1) id = `${base}-${number}`;
  used.add(id);
  return id;
}

/** A paragraph that is nothing but the address of a film becomes its card. */
function showFilms(app: Pick<App, 'keys'>, tokens: readonly Token[], t: RenderArticle['t']): Token[] {
  const shown: Token[] = [];
  for (let index = 0; index < tokens.length; index += 1) {
    const token = tokens[index];
    if (!token) continue;
    const film = token.type === 'paragraph_open' ? filmIn(tokens[index + 1]) : undefined;
    if (film) {
      token.type = 'html_block';
      token.content = videoCard(app, { ...film, t });
      index += 2;
    }
    shown.push(token);
  }
  return shown;
}

function filmIn(inline: Token | undefined): { address: string; title: string } | undefined {
  const [open, words, close, ...more] = inline?.children ?? [];
  if (open?.type !== 'link_open' || close?.type !== 'link_close' || more.length > 0) return undefined;
  const address = attribute(open, 'href');
  return readVideo(address) ? { address, title: words?.content ?? '' } : undefined;
}
