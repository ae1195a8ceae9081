const rules = new Map<string, Intl.PluralRules>();

/** The plural category (`one`, `few`, `many`, `other`, …) of a number in a language. */
export function pluralCategory(language: string, count: number): Intl.LDMLPluralRule {
  return rulesOf(language).select(count);
}

/** All categories that a language tells apart for cardinal numbers. */
export function pluralCategories(language: string): readonly Intl.LDMLPluralRule[] {
  return rulesOf(language).resolvedOptions().pluralCategories;
}

function rulesOf(language: string): Intl.PluralRules {
  const known = rules.get(language);
  if (known !== undefined) return known;
  const made = new Intl.PluralRules(language);
  if (rules.size > 100) rules.clear();
  rules.set(language, made);
  return made;
}
