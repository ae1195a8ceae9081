import { fold } from '../../database/search/words.js';

const letters: Readonly<Record<string, string>> = {
  а: 'a', б: 'b', в: 'v', г: 'g', ґ: 'g', д: 'd', е: 'e', є: 'e', ж: 'zh', з: 'z', и: 'i', і: 'i', ї: 'i', й: 'i',
  к: 'k', л: 'l', м: 'm', н: 'n', о: 'o', п: 'p', р: 'r', с: 's', т: 't', у: 'u', ў: 'u', ф: 'f', х: 'h', ц: 'ts',
  ч: 'ch', ш: 'sh', щ: 'sh', ъ: '', ы: 'i', ь: '', э: 'e', ю: 'iu', я: 'ia',
}; // prettier-ignore

/** Ways to write one sound, brought to one; in this order. */
const spellings: readonly (readonly [RegExp, string])[] = [
  [/shch|sch/g, 'sh'],
  [/kh/g, 'h'],
  [/ph/g, 'f'],
  [/tz/g, 'ts'],
  [/ck/g, 'k'],
  [/c(?!h)/g, 'k'],
  [/q/g, 'k'],
  [/w/g, 'v'],
  [/x/g, 'ks'],
  [/[jy]/g, 'i'],
  [/io/g, 'e'],
  [/ie/g, 'e'],
  [/([dt])er$/, '$1r'],
  [/(\p{L})\1+/gu, '$1'],
];

const WORDS_MOST = 6;

/**
 * The words of a person's name in one spelling: Иван Петров and Ivan Petrov are alike, and so are Юлия and Yulia. Good
 * for finding, not for showing. A name that is an address is read as what stands before the @. Without a patronymic
 * where two other words are left.
 */
export function spellName(name: string): string[] {
  const [person = ''] = name.split('@');
  const words = fold(person.slice(0, 255))
    .replaceAll(/['’`ʼ]/gu, '')
    .match(/[\p{L}\p{N}]+/gu);
  const spelled = (words ?? []).slice(0, WORDS_MOST).map(spellWord);
  return withoutPatronymic(spelled.filter((word) => word !== ''));
}

function spellWord(word: string): string {
  const latin = word.replaceAll(/\p{Script=Cyrillic}/gu, (letter) => letters[letter] ?? letter);
  const plain = latin.normalize('NFD').replaceAll(/\p{M}/gu, '');
  return spellings.reduce((text, [written, one]) => text.replace(written, one), plain);
}

const patronymic = /^.{2,}(ovich|evich|ich|ovna|evna|ichna)$/;

function withoutPatronymic(words: readonly string[]): string[] {
  if (words.length < 3) return [...words];
  // It stands behind the first name; a surname may end like one.
  const at = [1, 2, 0].find((index) => patronymic.test(words[index] ?? ''));
  return words.filter((_, index) => index !== at);
}
