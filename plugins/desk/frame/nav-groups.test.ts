import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { definePlugin, type NavItem } from '@helpdesk/core';
import { startTestDesk, type TestDesk } from '@helpdesk/core/testing';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { visitAs } from '../admin/visit-as.js';
import { desk as deskPlugin } from '../index.js';

let desk: TestDesk | undefined;
let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'helpdesk-nav-'));
});
afterEach(async () => {
  await desk?.close();
  await rm(folder, { recursive: true, force: true });
});

type Count = NonNullable<NavItem['count']>;

/** A plugin whose only work is entries of the menu with counts. */
async function counting(counts: Readonly<Record<string, Count>>) {
  const manifest = { name: 'plugin-numbers', version: '1.0.0', peerDependencies: { '@helpdesk/core': '*' } };
  await writeFile(join(folder, 'package.json'), JSON.stringify(manifest));
  const plugin = definePlugin({ url: pathToFileURL(join(folder, 'index.js')).href } as ImportMeta, {
    register({ nav }) {
      for (const [key, count] of Object.entries(counts))
        nav({ place: 'main', key, label: 'desk.nav.contacts', icon: 'users', href: '/desk/x', count });
    },
  });
  return plugin({}, { enabled: true });
}

it('asks for the counts of plugins side by side, and loses only those that fail', async () => {
  let release = () => {};
  const second = new Promise<void>((done) => {
    release = done;
  });
  const numbers = await counting({
    // Answers only when the one behind it was asked too.
    first: async () => {
      await second;
      return { n: 41, hot: true };
    },
    second: () => {
      release();
      return { n: 42 };
    },
    rejects: () => Promise.reject(new Error('no')),
    throws: () => {
      throw new Error('no');
    },
  });
  desk = await startTestDesk({ config: { plugins: [deskPlugin(), numbers] } });
  const { text } = await (await visitAs(desk)).get('/desk/contacts').expect(200);
  const figureOf = (key: string) =>
    new RegExp(`data-nav="${key}">.*?</a>`, 's')
      .exec(text)?.[0]
      .match(/<span class="(n[^"]*)">(\d+)</)
      ?.slice(1);
  expect(figureOf('first')).toEqual(['n n-hot', '41']);
  expect(figureOf('second')).toEqual(['n', '42']);
  expect([figureOf('rejects'), figureOf('throws')]).toEqual([undefined, undefined]);
  expect(text).toContain('data-nav="throws"');
});
