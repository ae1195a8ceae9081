type Options = Handlebars.HelperOptions;

import { scopeOf } from './render-scope.js';

/** Helpers that choose. They decide nothing that a presenter could have decided. */
export const logicHelpers = {
  eq: (left: unknown, right: unknown) => left === right,
  ne: (left: unknown, right: unknown) => left !== right,
  gt: (left: unknown, right: unknown) => Number(left) > Number(right),
  not: (value: unknown) => !counts(value),
  and: (...given: unknown[]) => withoutOptions(given).find((value) => !counts(value)) ?? lastWhenAll(given),
  or: (...given: unknown[]) => withoutOptions(given).find(counts) ?? given.at(-2),
  concat: (...given: unknown[]) => withoutOptions(given).map(asText).join(''),

  'when-can'(this: unknown, permission: unknown, options: Options): string {
    return allows(permission, options) ? options.fn(this) : options.inverse(this);
  },

  'unless-can'(this: unknown, permission: unknown, options: Options): string {
    return allows(permission, options) ? options.inverse(this) : options.fn(this);
  },
};

function allows(permission: unknown, options: Options): boolean {
  return typeof permission === 'string' && scopeOf(options).context.can(permission);
}

function withoutOptions(given: readonly unknown[]): readonly unknown[] {
  return given.slice(0, -1);
}

// A false value that `find` meets may be null or undefined, which reads like "nothing found".
function lastWhenAll(given: readonly unknown[]): unknown {
  return withoutOptions(given).every(counts) ? given.at(-2) : false;
}

function counts(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : Boolean(value);
}

function asText(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
