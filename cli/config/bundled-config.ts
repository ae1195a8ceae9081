import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { HelpdeskConfig, Plugin } from '@helpdesk/core';

const bundled = [
  { name: '@helpdesk/plugin-desk', exported: 'desk' },
  { name: '@helpdesk/plugin-email', exported: 'email' },
  { name: '@helpdesk/plugin-routing', exported: 'routing' },
  { name: '@helpdesk/plugin-sla', exported: 'sla' },
  { name: '@helpdesk/plugin-surveys', exported: 'surveys' },
  { name: '@helpdesk/plugin-reporting', exported: 'reporting' },
  { name: '@helpdesk/plugin-telegram', exported: 'telegram' },
  { name: '@helpdesk/plugin-portal', exported: 'portal' },
  { name: '@helpdesk/plugin-knowledge-base', exported: 'knowledgeBase' },
  { name: '@helpdesk/plugin-web-chat', exported: 'webChat' },
  { name: '@helpdesk/plugin-whatsapp', exported: 'whatsapp' },
  { name: '@helpdesk/plugin-viber', exported: 'viber' },
];

/** What runs without a config file: the bundled plugins, as far as they are installed. */
export async function bundledConfig(): Promise<HelpdeskConfig> {
  const plugins = await Promise.all(bundled.map(load));
  return { plugins: plugins.filter((plugin) => plugin !== undefined) };
}

async function load({ name, exported }: { name: string; exported: string }): Promise<Plugin | undefined> {
  const address = find(name);
  if (address === undefined) return undefined;
  const loaded = (await import(address)) as Record<string, (() => Plugin) | undefined>;
  return loaded[exported]?.();
}

/** Beside this command, else where the desk lies. */
function find(name: string): string | undefined {
  try {
    return import.meta.resolve(name);
  } catch {
    try {
      return pathToFileURL(createRequire(join(process.cwd(), 'package.json')).resolve(name)).href;
    } catch {
      return undefined;
    }
  }
}
