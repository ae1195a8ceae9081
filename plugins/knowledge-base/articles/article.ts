/** The languages of texts. */
export const LANGUAGES = ['ru', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

export const otherLanguage = (language: Language): Language => (language === 'ru' ? 'en' : 'ru');

/** Who reads an article: everybody, who has signed in, a segment of customers, or colleagues alone. */
export type Visibility = 'public' | 'visitors' | `segment:${number}` | 'agents';

export const isVisibility = (text: string): text is Visibility =>
  text === 'public' || text === 'visitors' || text === 'agents' || /^segment:[1-9]\d{0,14}$/.test(text);

export interface ArticleRecord {
  readonly id: number;
  readonly categoryId: number;
  readonly visibility: Visibility;
  /** Grows when the category or the visibility changes; who saves says which one he has seen. */
  readonly version: number;
  readonly language: Language;
  readonly authorId: number;
  readonly archivedAt: string | null;
}

/** What somebody writes. */
export interface Written {
  readonly title: string;
  readonly summary: string;
  /** Markdown. */
  readonly body: string;
}

export interface TextRecord extends Written {
  readonly id: number;
  readonly articleId: number;
  readonly language: Language;
  readonly slug: string;
  readonly madeFrom: number | null;
  /** 1: the draft differs from what is published, or nothing is. */
  readonly isChanged: number;
  readonly version: number;
  readonly editedBy: number;
  readonly editedAt: string;
  readonly publishedId: number | null;
  readonly publishedNumber: number | null;
  readonly publishedMadeFrom: number | null;
  readonly publishedAt: string | null;
}

export interface VersionRecord extends Written {
  readonly id: number;
  readonly textId: number;
  readonly number: number;
  readonly madeFrom: number | null;
  readonly note: string;
  readonly authorId: number;
  readonly at: string;
}
