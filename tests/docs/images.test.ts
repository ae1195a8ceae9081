import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { capabilities } from '../plugins/whole-desk.js';
import { readSource, root, sourceFiles } from '../architecture/read-imports.js';
import { pictures } from '../screenshots/pictures.js';

const images = readdirSync(join(root, 'docs/images')).filter((file) => file.endsWith('.png'));
const shownOn = (page: string) =>
  [...readSource(page).matchAll(/!\[([^\]]+)\]\([^)]*images\/([\w-]+\.png)\)/g)].map(
    ([, , file = '']) => file,
  );
const pages = ['README.md', ...sourceFiles('docs', ['.md'])];

describe('pictures of the docs', () => {
  it.each([...Object.keys(capabilities), 'tiers'])('docs/run/%s.md shows what it is about', (name) => {
    expect(shownOn(`docs/run/${name}.md`)).not.toEqual([]);
  });

  it('every picture that a page names is there, and every picture is named by a page', () => {
    expect([...new Set(pages.flatMap(shownOn))].toSorted()).toEqual(images.toSorted());
  });

  it('every picture is taken by `npm run screenshots`', () => {
    expect(pictures.map(({ name }) => `${name}.png`).toSorted()).toEqual(images.toSorted());
  });
});
