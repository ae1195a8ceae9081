import type { Language } from '../articles/article.js';

/** In which language somebody writes, by the letters; undefined when there are too few of them. */
export function guessLanguage(text: string): Language | undefined {
  const letters = text.slice(0, 5000);
  const russian = letters.match(/[а-яё]/gi)?.length ?? 0;
  const latin = letters.match(/[a-z]/gi)?.length ?? 0;
  if (russian + latin < 6) return undefined;
  return russian * 2 >= latin ? 'ru' : 'en';
}
