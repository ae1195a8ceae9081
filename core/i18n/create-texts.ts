import { compileText, fillText, type CompiledText, type TextValues } from './compile-text.js';
import { listMissingTexts, type MissingTexts } from './list-missing-texts.js';
import { pluralCategory } from './plural-category.js';
import { readTextFiles } from './text-files.js';

/** The words of the desk in every language it speaks. */
export interface Texts {
  readonly languages: readonly string[];
  /** Add what `<dir>/locales/*.json` holds. Later texts win over earlier ones with the same key. */
  addTexts(owner: string, dir: string): void;
  /** The text, in the language, else its base language, else English, else the key itself. */
  t(language: string, key: string, values?: TextValues): string;
  /** Whether a key (or a plural form of it) has a text in English or in any language of the desk. */
  has(key: string): boolean;
  /** Whether some key starts like this; for keys that a template puts together. */
  hasPrefix(prefix: string): boolean;
  /** Languages that lack texts which another language has; empty when all are complete. */
  missing(): MissingTexts[];
}

export interface TextsOptions {
  /** Told once about each key that no language in question has. */
  onMissing?: (missing: { language: string; key: string }) => void;
}

const FALLBACK = 'en';
const NO_VALUES: TextValues = {};

/** Texts of a desk that speaks these languages (first one first). Files are i18next JSON v4. */
export function createTexts(languages: readonly string[], options: TextsOptions = {}): Texts {
  const byLanguage = new Map<string, Map<string, CompiledText>>();
  const reported = new Set<string>();

  function lookUp(language: string, key: string, values: TextValues): string | undefined {
    const texts = byLanguage.get(language);
    if (texts === undefined) return undefined;
    const form =
      typeof values.count === 'number' ? pluralForm(texts, language, key, values.count) : undefined;
    const text = form ?? texts.get(key);
    return text === undefined ? undefined : fillText(text, language, values);
  }

  function report(language: string, key: string): string {
    const id = `${language} ${key}`;
    if (!reported.has(id) && reported.size < 10_000) {
      reported.add(id);
      options.onMissing?.({ language, key });
    }
    return key;
  }

  return {
    languages,
    addTexts(owner, dir) {
      for (const [language, texts] of readTextFiles(owner, dir)) {
        const known = byLanguage.get(language) ?? new Map<string, CompiledText>();
        for (const [key, text] of texts) known.set(key, compileText(text));
        byLanguage.set(language, known);
      }
    },
    t(language, key, values = NO_VALUES) {
      const exact = lookUp(language, key, values);
      if (exact !== undefined) return exact;
      const dash = language.indexOf('-');
      const base = dash > 0 ? lookUp(language.slice(0, dash), key, values) : undefined;
      return base ?? lookUp(FALLBACK, key, values) ?? report(language, key);
    },
    has: (key) => [...byLanguage.values()].some((texts) => texts.has(key) || texts.has(`${key}_other`)),
    hasPrefix: (prefix) =>
      [...byLanguage.values()].some((texts) => [...texts.keys()].some((key) => key.startsWith(prefix))),
    missing: () => listMissingTexts(languages, byLanguage),
  };
}

function pluralForm(
  texts: ReadonlyMap<string, CompiledText>,
  language: string,
  key: string,
  count: number,
): CompiledText | undefined {
  return texts.get(`${key}_${pluralCategory(language, count)}`) ?? texts.get(`${key}_other`);
}
