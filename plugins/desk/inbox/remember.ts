import type { HostApp } from '@helpdesk/core';

interface Kept {
  readonly at: number;
  readonly value: Promise<unknown>;
}
const stores = new WeakMap<HostApp, Map<string, Kept>>();
const KEPT_MS = 1000;
const MOST = 200;

/** What rarely changes is read once a second and process; a failure is not kept. */
export function remember<T>(app: HostApp, key: string, read: () => Promise<T>): Promise<T> {
  let store = stores.get(app);
  if (!store) stores.set(app, (store = new Map()));
  const kept = store.get(key);
  // The value was put there under the same key by the same reader.
  if (kept && performance.now() - kept.at < KEPT_MS) return kept.value as Promise<T>;
  const value = read();
  if (store.size >= MOST) store.clear();
  store.set(key, { at: performance.now(), value });
  value.catch(() => stores.get(app)?.delete(key));
  return value;
}

/** Reads anew the next time; said by those who changed something. */
export function forget(app: HostApp, ...keys: readonly string[]): void {
  for (const key of keys) stores.get(app)?.delete(key);
}
