import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect, it } from 'vitest';

import { createAssets } from './create-assets.js';

it('names files by their content, and the first folder wins', () => {
  const [site, theme, plugin] = [publicFolder('a{}'), publicFolder('b{}'), publicFolder('c{}')];
  const assets = createAssets([{ dir: site }, { dir: theme }, { owner: 'surveys', dir: plugin }]);
  expect(assets.url('css/app.css')).toMatch(/^\/assets\/[0-9a-f]{12}\/css\/app\.css$/);
  expect(assets.find(assets.url('css/app.css'))).toEqual({
    file: join(site, 'css/app.css'),
    immutable: true,
  });
  expect(assets.find(assets.url('surveys/css/app.css'))?.file).toBe(join(plugin, 'css/app.css'));
});

it('serves an old or a bare address, but not for ever', () => {
  const assets = createAssets([{ dir: publicFolder('a{}') }]);
  expect(assets.find('/assets/000000000000/css/app.css')?.immutable).toBe(false);
  expect(assets.find('/assets/css/app.css')?.immutable).toBe(false);
});

it.each([
  '/assets/../package.json',
  '/assets/css/../../secret',
  '/assets/.hidden',
  '/assets/',
  '/etc/passwd',
])('finds nothing outside the folders: %s', (path) => {
  expect(createAssets([{ dir: publicFolder('a{}') }]).find(path)).toBeUndefined();
});

function publicFolder(css: string): string {
  const dir = mkdtempSync(join(tmpdir(), 'public-'));
  mkdirSync(join(dir, 'css'));
  writeFileSync(join(dir, 'css/app.css'), css);
  writeFileSync(join(dir, '.hidden'), 'x');
  return dir;
}
