/** A field that an administrator edits in the browser. Core stores, renders and checks it. */
export interface Setting<T> {
  readonly type: 'text' | 'longtext' | 'secret' | 'number' | 'toggle' | 'choice' | 'choices';
  /** Text key; `<label>.hint` is shown below when it exists. */
  readonly label: string;
  readonly default: T;
  /** Stored encrypted, never shown again. */
  readonly secret?: boolean;
  readonly choices?: readonly string[];
  readonly min?: number;
  readonly max?: number;
  /** Text key of what stands behind a number: days, seconds. */
  readonly unit?: string;
  readonly required?: boolean;
  /** Text key of the heading under which it stands. */
  readonly group?: string;
}

interface Common {
  label: string;
  group?: string;
}

export const toggle = (field: Common & { default: boolean }): Setting<boolean> => ({
  type: 'toggle',
  ...field,
});

export const text = (
  field: Common & { default?: string; max?: number; required?: boolean },
): Setting<string> => ({
  type: 'text',
  max: 500,
  default: '',
  ...field,
});

export const longText = (field: Common & { default?: string; max?: number }): Setting<string> => ({
  type: 'longtext',
  max: 10_000,
  default: '',
  ...field,
});

export const secretText = (field: Common): Setting<string> => ({
  type: 'secret',
  secret: true,
  default: '',
  max: 2000,
  ...field,
});

export const number = (
  field: Common & { default: number; min?: number; max?: number; unit?: string },
): Setting<number> => ({ type: 'number', ...field });

export const choice = <const C extends string>(
  field: Common & { choices: readonly C[]; default: NoInfer<C> },
): Setting<C> => ({ type: 'choice', ...field });

export const choices = <const C extends string>(
  field: Common & { choices: readonly C[]; default: readonly NoInfer<C>[] },
): Setting<readonly C[]> => ({ type: 'choices', ...field });

export type AnySetting = Setting<boolean> | Setting<string> | Setting<number> | Setting<readonly string[]>;
export type SettingFields = Readonly<Record<string, Setting<never> | AnySetting>>;
/** The values of a set of fields. */
export type SettingValues<S> = { readonly [K in keyof S]: S[K] extends Setting<infer T> ? T : never };

export type SettingProblem = 'required' | 'number' | 'tooSmall' | 'tooLarge' | 'tooLong' | 'choice';

/** Reads what a form or the API gave for a field. @returns the value, or the key of what is wrong with it */
export function readSetting(
  field: Setting<unknown>,
  given: unknown,
): { value: unknown } | { problem: SettingProblem } {
  switch (field.type) {
    case 'toggle':
      return { value: given === true || given === 'on' || given === 'true' || given === '1' };
    case 'number':
      return readNumber(field, given);
    case 'choice':
      return field.choices?.includes(String(given)) ? { value: String(given) } : { problem: 'choice' };
    case 'choices': {
      const picked = (Array.isArray(given) ? given : given === undefined ? [] : [given]).map(String);
      return picked.every((one) => field.choices?.includes(one)) ? { value: picked } : { problem: 'choice' };
    }
    default:
      return readText(field, given);
  }
}

function readNumber({ min = -1e12, max = 1e12 }: Setting<unknown>, given: unknown) {
  const value = typeof given === 'string' ? Number(given.trim().replace(',', '.')) : given;
  if (typeof value !== 'number' || !Number.isFinite(value) || given === '')
    return { problem: 'number' as const };
  if (value < min) return { problem: 'tooSmall' as const };
  return value > max ? { problem: 'tooLarge' as const } : { value };
}

function readText({ max = 500, required }: Setting<unknown>, given: unknown) {
  const value = typeof given === 'string' ? given : '';
  if (required && value.trim() === '') return { problem: 'required' as const };
  return value.length > max ? { problem: 'tooLong' as const } : { value };
}
