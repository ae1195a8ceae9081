import type { Event, HookKinds } from '../hooks/catalogue.js';

declare module '../hooks/catalogue.js' {
  interface HookCatalogue {
    /** A setting was changed in the browser or by a command; its value is not told. */
    'settings.changed': Event<{ keys: readonly string[] }>;
    'plugin.switched': Event<{ plugin: string; enabled: boolean }>;
    'job.failed': Event<{ job: string; attempts: number }>;
  }
}

export const databaseHooks = {
  'settings.changed': 'event',
  'plugin.switched': 'event',
  'job.failed': 'event',
} as const satisfies HookKinds;
