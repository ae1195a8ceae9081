import type { Language, Visibility, Written } from '../articles/article.js';

export interface SampleCategory {
  readonly slug: string;
  readonly nameRu: string;
  readonly nameEn: string;
}

export interface SampleArticle {
  readonly category: string;
  readonly visibility: Visibility;
  readonly texts: Readonly<Record<Language, Written>>;
}
