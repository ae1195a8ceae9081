import { readFileSync } from 'node:fs';
import { listCommands, resolveConfig } from '@helpdesk/core';
import { describe, expect, it } from 'vitest';
import { buildProgram } from '../../cli/build-program.js';
import { referencePages } from '../../docs/reference/generate.js';
import { panelPlaces, slotsInViews } from '../../docs/reference/slots-page.js';
import config from '../../helpdesk.config.js';

const pages = await referencePages();

describe('the reference', () => {
  it.each(Object.entries(pages))('%s says what the code says', (name, text) => {
    expect(readFileSync(new URL(`../../docs/reference/${name}`, import.meta.url), 'utf8')).toBe(text);
  });

  it('names every command, those of the plugins too', async () => {
    const own = (await buildProgram(['start'], { code: 0 })).commands.map((command) => command.name());
    const brought = listCommands(resolveConfig(config)).map(({ name }) => name);
    expect(brought).toContain('email:parse');
    const named = [...(pages['cli.md'] ?? '').matchAll(/^## (\S+)$/gm)].map(([, name]) => name);
    expect(named).toEqual([...own, ...brought]);
  });

  it('a slot gives its panels what core says, and no page offers it twice', () => {
    const slots = slotsInViews();
    const places = panelPlaces();
    expect(places.size).toBeGreaterThan(5);
    for (const { name, args } of slots)
      if (places.has(name))
        expect(
          args.map((arg) => arg.name),
          name,
        ).toEqual(places.get(name));
    const names = slots.map(({ name }) => name);
    expect(names).toEqual([...new Set(names)]);
  });
});
