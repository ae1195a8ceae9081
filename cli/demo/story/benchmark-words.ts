import type { Language } from './events.js';

/** A word that stands in about three of ten tickets: for measuring a search with many hits. */
export const COMMON_WORD: Readonly<Record<Language, string>> = { ru: 'заказ', en: 'order' };

/** A word that stands in one of ten thousand tickets, and in one at least. */
export const RARE_WORD: Readonly<Record<Language, string>> = { ru: 'ультрамарин', en: 'ultramarine' };
