import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';
import { buildProgram } from '../../cli/build-program.js';
import config from '../../helpdesk.config.js';
import { listCommands, resolveConfig } from '@helpdesk/core';
import { readSource, root, sourceFiles } from '../architecture/read-imports.js';

const pages = ['README.md', ...sourceFiles('docs', ['.md'])];
// What stands between fences is code: brackets there are no links.
const proseOf = (page: string) => readSource(page).replaceAll(/^```[\s\S]*?^```$/gm, '');

/** Files of the repository that a page links to. */
const linksOf = (page: string) =>
  [...proseOf(page).matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target = '']) => target.replace(/#.*$/, ''))
    .filter((target) => target !== '' && !/^[a-z]+:/.test(target))
    .map((target) => normalize(join(dirname(page), target)));

describe.each(pages)('%s', (page) => {
  it('links to what is there', () => {
    expect(linksOf(page).filter((file) => !existsSync(join(root, file)))).toEqual([]);
  });

  it('names commands that there are', async () => {
    const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: object };
    const own = (await buildProgram(['start'], { code: 0 })).commands.map((command) => command.name());
    const known = [...own, ...listCommands(resolveConfig(config)).map(({ name }) => name)];
    const text = readSource(page);
    const ran = [...text.matchAll(/\bnpm run ([a-z][\w:]*)/g)].map(([, name = '']) => name);
    const asked = [...text.matchAll(/(?:npm run helpdesk(?: --)? |[`"]helpdesk )([a-z][\w:-]*)/g)];
    expect(ran.filter((name) => !(name in scripts))).toEqual([]);
    expect(asked.map(([, name = '']) => name).filter((name) => !known.includes(name))).toEqual([]);
  });
});

it('every page of the docs is found by following links from the README', () => {
  const found = new Set(['README.md']);
  for (const page of found) if (page.endsWith('.md')) for (const file of linksOf(page)) found.add(file);
  expect(pages.filter((page) => !found.has(page))).toEqual([]);
});
