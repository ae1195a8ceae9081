export type DurationUnit = 'day' | 'hour' | 'minute' | 'second';

/** Short words for units, as they stand after a number. */
export type UnitWords = Readonly<Record<DurationUnit, string>> & { readonly bytes: readonly string[] };

const english: UnitWords = {
  day: 'd',
  hour: 'h',
  minute: 'min',
  second: 's',
  bytes: ['B', 'KB', 'MB', 'GB', 'TB'],
};

const russian: UnitWords = {
  day: 'дн',
  hour: 'ч',
  minute: 'мин',
  second: 'с',
  bytes: ['Б', 'КБ', 'МБ', 'ГБ', 'ТБ'],
};

/** The words of a language; SI-like abbreviations for languages without a list of their own. */
export function unitWords(language: string): UnitWords {
  return language === 'ru' || language.startsWith('ru-') ? russian : english;
}
