import { z } from 'zod';

/** Everything an agent may choose for themselves. A key that is not here is refused, never stored. */
const shapes = {
  theme: z.enum(['auto', 'light', 'dark']),
  density: z.enum(['comfortable', 'compact']),
  afterReply: z.enum(['stay', 'next', 'list']),
  startView: z.string().max(64),
  shortcuts: z.boolean(),
  sound: z.boolean(),
  notifyNew: z.boolean(),
  notifyAssigned: z.boolean(),
  notifyMentioned: z.boolean(),
  notifyReplied: z.boolean(),
  notifyByMail: z.boolean(),
  sidebarClosed: z.boolean(),
  away: z.boolean(),
  newestFirst: z.boolean(),
};

const Preferences = z.strictObject(shapes).partial();
export type Preferences = z.infer<typeof Preferences>;
/** `null` goes back to the default. */
export type PreferencesPatch = { readonly [K in keyof Preferences]?: Preferences[K] | null };

/** @returns the preferences with the patch in them, or undefined when a key or value is not allowed */
export function patchPreferences(old: Preferences, patch: unknown): Preferences | undefined {
  if (typeof patch !== 'object' || patch === null || Array.isArray(patch)) return undefined;
  const entries = Object.entries(patch);
  if (entries.some(([key]) => !Object.hasOwn(shapes, key))) return undefined;
  const given = Preferences.safeParse(Object.fromEntries(entries.filter(([, value]) => value !== null)));
  if (!given.success) return undefined;
  const removed = new Set(entries.filter(([, value]) => value === null).map(([key]) => key));
  const kept = Object.entries({ ...old, ...given.data }).filter(([key]) => !removed.has(key));
  return Preferences.parse(Object.fromEntries(kept));
}

/** Reads stored preferences; what an older or newer version stored is left out. */
export function readPreferences(stored: Readonly<Record<string, unknown>>): Preferences {
  const known = Object.entries(shapes).filter(([key, shape]) => shape.safeParse(stored[key]).success);
  return Preferences.parse(Object.fromEntries(known.map(([key]) => [key, stored[key]])));
}
