import type { Event, HookKinds } from '../../hooks/catalogue.js';

declare module '../../hooks/catalogue.js' {
  interface HookCatalogue {
    /** A file was taken in; the numbers are rows. */
    'contacts.imported': Event<{
      importId: number;
      subject: 'contacts' | 'organizations';
      created: number;
      changed: number;
      same: number;
      refused: number;
    }>;
    /** Somebody began to take contacts or organizations out. `all` is false when only what was searched for. */
    'contacts.exported': Event<{ subject: 'contacts' | 'organizations'; all: boolean }>;
  }
}

export const csvHooks = {
  'contacts.imported': 'event',
  'contacts.exported': 'event',
} as const satisfies HookKinds;
