import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { titleOf } from './plugin-title.js';

const plugins = new URL('..', import.meta.url).pathname;
const shipped = readdirSync(plugins).filter((id) => existsSync(join(plugins, id, 'package.json')));

function textsOf(id: string, language: string): Record<string, unknown> {
  const folder = join(plugins, id, 'locales');
  const files = readdirSync(folder).filter((file) => file.startsWith(`${language}.`));
  return Object.assign(
    {},
    ...files.map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8'))),
  ) as Record<string, unknown>;
}

describe.each(shipped)('the plugin %s', (id) => {
  it.each(['ru', 'en'])('says in %s what it is called and what it is for', (language) => {
    const texts = textsOf(id, language);
    const nested = (texts['plugin'] ?? {}) as Record<string, unknown>;
    for (const what of ['title', 'about'])
      expect(texts[`plugin.${what}`] ?? nested[what], what).toMatch(/\S/);
  });
});

it('a plugin without a title is called by its id', () => {
  const t = (key: string) => `[${key}]`;
  expect(titleOf({ t, hasText: () => false }, 'calls')).toBe('calls');
  expect(titleOf({ t, hasText: () => true }, 'calls')).toBe('[calls.plugin.title]');
});
