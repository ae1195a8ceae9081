import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testEngines } from '@helpdesk/core/testing';
import { pluginFiles } from '../../cli/scaffold/plugin-files.js';
import { makePluginPlace, type PluginPlace } from './plugin-place.js';
import { readSamples } from './read-samples.js';

const root = new URL('../..', import.meta.url).pathname;
const guides = ['pages-and-views.md', 'testing.md'];
const samples = Object.assign({}, ...guides.map((guide) => readSamples(guide).files)) as Record<
  string,
  string
>;
const scaffold = pluginFiles({ name: 'parts', core: '^1.0.0' });

let place: PluginPlace;
beforeAll(async () => {
  place = await makePluginPlace({
    'plugins/parts/package.json': scaffold['package.json'] ?? '',
    'plugins/parts/tsconfig.json': scaffold['tsconfig.json'] ?? '',
    ...samples,
  });
});
afterAll(() => place.remove());

it.each(guides)('%s has no code that is not run', (guide) => {
  expect(readSamples(guide).loose).toEqual([]);
});

it('the code of the guides compiles', async () => expect(await place.compile()).toEqual([]));

it('the plugin of the guides passes the tests of the guides, on every database', async () => {
  const { passed, failures } = await place.test();
  expect(failures).toEqual([]);
  for (const engine of testEngines)
    expect(passed.filter((name) => name.startsWith(`parts on ${engine}`)).length).toBe(8);
}, 300_000);

describe('the head of the child theme', () => {
  it('is the one of the default theme and a line', () => {
    const parent = readFileSync(join(root, 'themes/default/partials/layout/head.hbs'), 'utf8');
    const child = samples['themes/acme/partials/layout/head.hbs'] ?? '';
    expect(child.replace(/^.*acme\.css.*\n/m, '').trim()).toBe(parent.trim());
  });
});
