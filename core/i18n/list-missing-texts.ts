import { pluralCategories } from './plural-category.js';

/** A language and the keys that it lacks, sorted. */
export interface MissingTexts {
  language: string;
  keys: string[];
}

const PLURAL = /_(zero|one|two|few|many|other)$/;

/** Compare languages: what one has, the others need, in the plural forms of their own grammar. */
export function listMissingTexts(
  languages: readonly string[],
  byLanguage: ReadonlyMap<string, ReadonlyMap<string, unknown>>,
): MissingTexts[] {
  const { plain, plural } = collectKeys(byLanguage);
  const found: MissingTexts[] = [];
  for (const language of languages) {
    const texts = byLanguage.get(language);
    const forms = pluralCategories(language);
    const needed = [...plain, ...[...plural].flatMap((base) => forms.map((form) => `${base}_${form}`))];
    const keys = needed.filter((key) => texts?.has(key) !== true).toSorted();
    if (keys.length > 0) found.push({ language, keys });
  }
  return found;
}

function collectKeys(byLanguage: ReadonlyMap<string, ReadonlyMap<string, unknown>>) {
  const all = new Set([...byLanguage.values()].flatMap((texts) => [...texts.keys()]));
  const plain = new Set<string>();
  const plural = new Set<string>();
  for (const key of all) {
    const base = key.replace(PLURAL, '');
    // `step_one` beside no `step_other` is a name that happens to end like a plural form.
    if (base !== key && all.has(`${base}_other`)) plural.add(base);
    else plain.add(key);
  }
  return { plain, plural };
}
