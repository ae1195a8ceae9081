import { afterAll, beforeAll, expect, it } from 'vitest';
import { pluginFiles } from '../../cli/scaffold/plugin-files.js';
import { makePluginPlace, under, type PluginPlace } from './plugin-place.js';

let place: PluginPlace;
beforeAll(async () => {
  place = await makePluginPlace(under('plugins/counter', pluginFiles({ name: 'counter', core: '^1.0.0' })));
});
afterAll(() => place.remove());

it('the plugin that new-plugin writes passes its own tests', async () => {
  const { passed, failures } = await place.test();
  expect(failures).toEqual([]);
  expect(passed).toHaveLength(2);
});
