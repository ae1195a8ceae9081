import { errors, type DeskContext } from '@helpdesk/core';
import { LANGUAGES, type Language } from '../articles/article.js';
import type { Services } from '../help/reader.js';

export const BASE = '/desk/knowledge-base';
export const articleUrl = (id: number, language: Language, what = ''): string =>
  `${BASE}/articles/${id}${what && `/${what}`}?lang=${language}`;
export const IMAGES_IN_DESK = `${BASE}/images`;
export type { Services };

/** The number in an address. @throws NOT_FOUND for anything that is none */
export function pathId({ params }: Pick<DeskContext, 'params'>, name = 'id'): number {
  const text = params[name] ?? '';
  if (!isId(text)) throw errors.NOT_FOUND();
  return Number(text);
}

export const isId = (text = ''): boolean => /^[1-9]\d{0,14}$/.test(text);

/** `?lang=`: the language of the text that is looked at. */
export const languageIn = ({ query }: Pick<DeskContext, 'query'>): Language | undefined =>
  LANGUAGES.find((language) => language === query['lang']);

export const PAGE = {
  page: { styles: ['knowledge-base/articles.css'], scripts: ['knowledge-base/editor.js'] },
};
