import type { Language } from './events.js';

/** "3 дня", "1 day": the number with the form that goes with it. */
export function counted(count: number, forms: readonly string[], language: Language): string {
  return `${count} ${forms[language === 'ru' ? russianForm(count) : Number(count !== 1)] ?? forms.at(-1) ?? ''}`;
}

function russianForm(count: number): number {
  const tens = count % 100;
  if (tens > 10 && tens < 20) return 2;
  const ones = count % 10;
  if (ones === 1) return 0;
  return ones > 1 && ones < 5 ? 1 : 2;
}
