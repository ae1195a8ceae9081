import { z } from 'zod';

/** Whatever fields a form has. */
export const Fields = z.record(z.string(), z.union([z.string(), z.array(z.string())]));
export type Fields = z.infer<typeof Fields>;

export const one = (fields: Fields, name: string): string => all(fields, name)[0]?.trim() ?? '';
export function all(fields: Fields, name: string): string[] {
  const value = Object.hasOwn(fields, name) ? fields[name] : undefined;
  return value === undefined ? [] : Array.isArray(value) ? value : [value];
}
export const idIn = (text: string): number | null => (/^[1-9]\d{0,14}$/.test(text) ? Number(text) : null);
export const idsIn = (texts: readonly string[]): number[] => texts.flatMap((text) => idIn(text) ?? []);

/** Text keys by field. */
export type Problems = ReadonlyMap<string, string>;

export const presentProblems = (
  problems: Problems,
  t: (key: string) => string,
  labelOf: (field: string) => string,
): Record<string, unknown>[] =>
  [...problems].map(([field, key]) => ({
    id: `f-${field.replaceAll('.', '-')}`,
    label: labelOf(field),
    message: t(key),
  }));
