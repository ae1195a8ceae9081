import { errors } from '@helpdesk/core';
import type { Knex } from 'knex';
import type { Language } from '../articles/article.js';

export interface CategoryRecord {
  readonly id: number;
  readonly parentId: number | null;
  readonly nameRu: string;
  readonly nameEn: string;
  readonly slug: string;
  readonly position: number;
  readonly version: number;
}

/** Parents in their order, each followed by its own. */
export async function listCategories(db: Knex): Promise<CategoryRecord[]> {
  const all: CategoryRecord[] = await db('kb_categories').orderBy('position').orderBy('id');
  return all
    .filter(({ parentId }) => parentId === null)
    .flatMap((parent) => [parent, ...all.filter(({ parentId }) => parentId === parent.id)]);
}

/** @throws NOT_FOUND */
export async function findCategory(db: Knex, id: number): Promise<CategoryRecord> {
  const category: CategoryRecord | undefined = await db('kb_categories').where({ id }).first();
  if (!category) throw errors.NOT_FOUND();
  return category;
}

/** In the language of the reader, else in the other one. */
export const nameIn = (
  { nameRu, nameEn }: Pick<CategoryRecord, 'nameRu' | 'nameEn'>,
  language: Language,
): string => (language === 'ru' ? nameRu : nameEn) || nameEn || nameRu;
