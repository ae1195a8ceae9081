import { ticked } from '@helpdesk/core';
import { z } from 'zod';
import { LANGUAGES, isVisibility } from '../articles/article.js';
import { RESERVED } from '../articles/addresses.js';
import { SLUG } from '../words/slug.js';

const BODY_MOST = 200_000;

/** What the editor sends. */
export const ArticleForm = z.object({
  language: z.enum(LANGUAGES),
  title: z.string().trim().min(1).max(150),
  summary: z.string().trim().max(300),
  body: z
    .string()
    .max(BODY_MOST)
    .transform((text) => text.replaceAll('\r\n', '\n').trimEnd()),
  slug: z
    .string()
    .trim()
    .toLowerCase()
    .max(80)
    .refine((text) => text === '' || SLUG.test(text), 'knowledge-base.problem.slug')
    .refine((text) => !RESERVED.has(text), 'knowledge-base.problem.slugTaken')
    .default(''),
  categoryId: z.coerce.number().int().positive().optional(),
  visibility: z.string().refine(isVisibility, 'core.form.choice').optional(),
  version: z.coerce.number().int().nonnegative().default(0),
  /** The version of category and visibility, which all languages share. */
  place: z.coerce.number().int().nonnegative().default(0),
  /** The version of the original that the translator has seen, and whether the translation says the same. */
  original: z.coerce.number().int().nonnegative().default(0),
  isCurrent: ticked(),
  note: z.string().trim().max(200).default(''),
  alt: z.string().trim().max(200).default(''),
  do: z.enum(['save', 'preview', 'image', 'publish']).default('save'),
});
export type ArticleForm = z.infer<typeof ArticleForm>;

export type Typed = Readonly<Record<string, string>>;
export type Problems = Readonly<Record<string, string>>;
