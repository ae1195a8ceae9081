import { expect, it } from 'vitest';
import { builtinRoles, corePermissions, EVERYTHING } from './permissions.js';

it('gives builtin roles only permissions that exist', () => {
  const known = new Set<string>([EVERYTHING, ...corePermissions.map(({ key }) => key)]);
  const given = builtinRoles.flatMap(({ permissions }) => permissions);
  expect(given.length).toBeGreaterThan(10);
  expect(given.filter((each) => !known.has(each))).toEqual([]);
});
