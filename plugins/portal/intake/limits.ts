import { createLimiter, type HostApp, type Limiter } from '@helpdesk/core';

const HOUR_MS = 3_600_000;

interface Limits {
  readonly messages: Limiter;
  readonly files: Limiter;
}
const known = new WeakMap<HostApp['database'], Limits>();

function limitsOf({ database }: HostApp): Limits {
  const made = known.get(database) ?? {
    messages: createLimiter({ points: 30, windowMs: HOUR_MS, most: 20_000 }),
    files: createLimiter({ points: 100, windowMs: HOUR_MS, most: 20_000 }),
  };
  known.set(database, made);
  return made;
}

/** What one customer may send: 30 messages and 100 files an hour. @returns minutes to wait, or 0 */
export function takeTurn(
  { app, contactId, now }: { readonly app: HostApp; readonly contactId: number; readonly now: Date },
  what: keyof Limits,
): number {
  return Math.ceil(limitsOf(app)[what].take(String(contactId), now) / 60);
}
