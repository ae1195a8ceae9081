import { afterEach, expect, it } from 'vitest';
import type { Plugin } from '@helpdesk/core';
import type { PluginInstance } from '../../core/plugins/define-plugin.js';
import { names, pluginsWith, startWholeDesk, type WholeDesk } from './whole-desk.js';

let whole: WholeDesk | undefined;
afterEach(async () => {
  await whole?.close();
  whole = undefined;
});

const KINDS = ['on', 'guard', 'filter', 'collect', 'followInBatches'] as const;
const breaks = () => {
  throw new Error('a plugin is broken');
};

/** The same plugin, each of whose taps, panels and health checks throws. Mail and the pages themselves stay as they are. */
function withBrokenTaps(plugin: Plugin): Plugin {
  const instance = plugin as PluginInstance;
  const { definition } = instance;
  return {
    ...instance,
    definition: {
      ...definition,
      register(tools: Record<string, unknown>) {
        const broken = Object.fromEntries(
          KINDS.map((kind) => [
            kind,
            (name: unknown, _: unknown, ...rest: unknown[]) =>
              (tools[kind] as (...given: unknown[]) => void)(name, breaks, ...rest),
          ]),
        );
        const follow = (taps: Record<string, unknown>, options: unknown) =>
          (tools['follow'] as (...given: unknown[]) => void)(
            Object.fromEntries(Object.keys(taps).map((name) => [name, breaks])),
            options,
          );
        const panel = (place: unknown, made: object) =>
          (tools['panel'] as (...given: unknown[]) => void)(place, { ...made, load: breaks });
        const healthCheck = (name: unknown) =>
          (tools['healthCheck'] as (...given: unknown[]) => void)(name, breaks);
        (definition.register as ((given: unknown) => void) | undefined)?.({
          ...tools,
          ...broken,
          follow,
          panel,
          healthCheck,
        });
      },
    },
  } as Plugin;
}

it('takes mail, shows pages and sends when every tap of every capability throws', async () => {
  const [desk, email, ...rest] = pluginsWith(names);
  if (!desk || !email) throw new Error('no desk');
  whole = await startWholeDesk([desk, email, ...rest.map(withBrokenTaps)]);
  const { app } = whole.desk;
  const ticketId = await whole.write('The kettle is cold');
  for (const path of ['/desk/inbox', `/desk/tickets/${ticketId}`, '/desk/contacts']) {
    const { status } = await whole.owner.get(path);
    expect({ path, status }).toEqual({ path, status: 200 });
  }
  expect((await whole.owner.get(`/desk/tickets/${ticketId}`)).text).toContain('did not load');
  // A guard that is broken stops an attempt and is named; after three it is set aside.
  let tries = 0;
  for (; tries < 4; tries += 1) {
    const isSent = await whole.answer(ticketId, 'Press reset').then(
      () => true,
      () => false,
    );
    if (isSent) break;
  }
  expect(tries).toBeLessThan(4);
  expect(whole.sink.mails.map(({ raw }) => raw.toString()).some((raw) => raw.includes('Press reset'))).toBe(
    true,
  );
  expect((await whole.owner.get('/health')).body).toMatchObject({ ok: false });
  const { text } = await whole.owner.get('/desk/settings/plugins');
  expect(text).toContain('reporting');
  await app.drain();
  expect(await whole.write('And another one')).toBeGreaterThan(ticketId);
});
