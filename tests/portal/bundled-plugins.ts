import { existsSync, readdirSync } from 'node:fs';
import type { Plugin } from '@helpdesk/core';

const folder = new URL('../../plugins/', import.meta.url);

type Factory = (options?: object, placement?: { enabled: boolean }) => Plugin;

/** Every plugin that lies here, switched on: a new one is crawled from its first day. */
export function bundledPlugins(): Promise<Plugin[]> {
  const ids = readdirSync(folder).filter((id) => existsSync(new URL(`${id}/index.ts`, folder)));
  return Promise.all(ids.map(load));
}

async function load(id: string): Promise<Plugin> {
  const exported = (await import(new URL(`${id}/index.ts`, folder).pathname)) as Record<string, Factory>;
  const make = exported[id.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase())];
  if (!make) throw new Error(`plugins/${id}/index.ts exports no plugin of its name`);
  return make({}, { enabled: true });
}
