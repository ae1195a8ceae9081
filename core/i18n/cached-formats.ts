/**
 * A page formats a hundred times and making an `Intl` object costs a thousand times more than using it.
 * Kept per kind, language and zone; emptied when strange input would make it grow.
 */
export function cachedFormats<T>(
  make: (locale: string, zone: string) => T,
): (language: string, zone?: string) => T {
  const kept = new Map<string, T>();
  return (language, zone = 'UTC') => {
    const key = `${language} ${zone}`;
    const known = kept.get(key);
    if (known !== undefined) return known;
    const made = make(localeOf(language), zone);
    if (kept.size >= 500) kept.clear();
    kept.set(key, made);
    return made;
  };
}

// "en" alone means American order (Mar 9); the desk writes 9 Mar and 14:10.
function localeOf(language: string): string {
  return language === 'en' ? 'en-GB' : language;
}
