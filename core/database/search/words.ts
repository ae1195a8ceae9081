import snowball from 'snowball-stemmers';

const russian = snowball.newStemmer('russian');
const english = snowball.newStemmer('english');
const known = new Map<string, string>();
const KNOWN_MOST = 20_000;
/** Longer runs of letters are no words that anybody searches for. */
const LONGEST = 40;

/** One form for all spellings of a word: compatibility forms, case, and ё as е. */
export const fold = (text: string): string => text.normalize('NFKC').toLowerCase().replaceAll('ё', 'е');

function wordsIn(text: string): string[] {
  return fold(text).match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** The stem of a folded word: Snowball for Russian and English, the word itself for others. */
function stem(word: string): string {
  if (word.length > LONGEST) return word.slice(0, LONGEST);
  const done = known.get(word);
  if (done !== undefined) return done;
  const stemmed = /^[а-я]+$/.test(word)
    ? russian.stem(word)
    : /^[a-z]+$/.test(word)
      ? english.stem(word)
      : word;
  if (known.size >= KNOWN_MOST) known.clear();
  known.set(word, stemmed);
  return stemmed;
}

/** Only this much of a message is searched, in characters. */
export const INDEXED_MOST = 64 * 1024;

/** The stems of a text, as they are put into the index of both engines. */
export function toIndex(text: string): string {
  return wordsIn(text.slice(0, INDEXED_MOST)).map(stem).join(' ');
}

/** The stems somebody searches for; the last is also the beginning of a longer word. At most 12. */
export function toStems(query: string): string[] {
  return wordsIn(query.slice(0, 500)).map(stem).slice(0, 12);
}
