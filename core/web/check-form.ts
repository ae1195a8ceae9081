import { z, type ZodType, type output } from 'zod';
import type { FormResult } from './context.js';
import type { Fields } from './read-body.js';

/** For fields that may come once, several times or not at all. */
export const many = <S extends ZodType>(item: S) =>
  z.preprocess((given) => (given === undefined ? [] : Array.isArray(given) ? given : [given]), z.array(item));

/** For check boxes: they are sent only when they are on. */
export const ticked = () =>
  z.preprocess((given) => given !== undefined && given !== '' && given !== '0', z.boolean());

/** For numbers in forms; an empty field is no number. */
export const whole = () => z.coerce.number().int();

/** For choices with "none": an empty field is null. */
export const orNone = <S extends ZodType>(item: S) =>
  z.preprocess((given) => (given === '' || given === undefined ? null : given), item.nullable());

/** Checks a form. What is wrong is told by field, as a text key; what was typed is kept. */
export function checkForm<S extends ZodType>(schema: S, fields: Fields): FormResult<output<S>> {
  const checked = schema.safeParse(Object.fromEntries(fields));
  if (checked.success) return { ok: true, value: checked.data };
  const problems: Record<string, string> = {};
  for (const issue of checked.error.issues) problems[issue.path.map(String).join('.')] ??= problemKey(issue);
  return { ok: false, problems, typed: typedOf(fields) };
}

export function typedOf(fields: Fields): Record<string, string> {
  return Object.fromEntries(
    [...fields].map(([name, value]) => [name, Array.isArray(value) ? (value[0] ?? '') : value]),
  );
}

// zod's own words are English and for programmers; a schema may give a text key as its message.
function problemKey(issue: z.core.$ZodIssue): string {
  if (/^[a-z][\w-]*(\.[\w-]+)+$/i.test(issue.message)) return issue.message;
  if (issue.code === 'too_small')
    return issue.origin === 'string' ? 'core.form.required' : 'core.form.tooSmall';
  if (issue.code === 'too_big') return issue.origin === 'string' ? 'core.form.tooLong' : 'core.form.tooLarge';
  if (issue.code === 'invalid_format')
    return issue.format === 'email' ? 'core.form.email' : 'core.form.format';
  if (issue.code === 'invalid_type')
    return issue.input === undefined ? 'core.form.required' : 'core.form.format';
  if (issue.code === 'invalid_value') return 'core.form.choice';
  return 'core.form.format';
}
