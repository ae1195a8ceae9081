import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { testEngines } from '@helpdesk/core/testing';
import { channelFiles } from '../../cli/scaffold/channel-files.js';
import { makePluginPlace, under, type PluginPlace } from './plugin-place.js';
import { readSamples } from './read-samples.js';

const files = under('plugins/pigeon', channelFiles({ name: 'pigeon', core: '^1.0.0' }));

let place: PluginPlace;
beforeAll(async () => {
  place = await makePluginPlace(files);
});
afterAll(() => place.remove());

it('the channel of the guide is the one that the command writes', () => {
  const guide = readSamples('channels.md').files;
  expect(Object.keys(guide).length).toBeGreaterThan(0);
  for (const [path, code] of Object.entries(guide)) expect(code).toBe(files[path]);
});

it('the files that the guide names are there', () => {
  const text = readFileSync(new URL('../../docs/build/channels.md', import.meta.url), 'utf8');
  for (const [, path = ''] of text.matchAll(/`(plugins\/pigeon\/[\w./-]+)`/g))
    expect(files[path]).toBeDefined();
});

it('a new channel compiles', async () => expect(await place.compile()).toEqual([]));

it('a new channel passes the kit, on every database', async () => {
  const { passed, failures } = await place.test();
  expect(failures).toEqual([]);
  for (const engine of testEngines)
    expect(passed.filter((name) => name.startsWith(`pigeon on ${engine}`)).length).toBeGreaterThan(14);
}, 180_000);
