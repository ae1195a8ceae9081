import type { Knex } from 'knex';
import type { App } from '../database/app.js';
import { change } from '../database/change.js';
import { later } from './back-off.js';

/** How long a process that says nothing keeps a follower. */
export const FOLLOWER_LEASE_MS = 30_000;

export interface FollowerRow {
  name: string;
  cursor: number;
  leaseOwner: string | null;
  leaseUntil: string | null;
  fence: number;
}

/** The right to run one follower. Every write of its holder names the fence. */
export interface Lease {
  readonly follower: string;
  readonly fence: number;
  /** ms since 1970 */
  until: number;
  /** Everything up to here is done or has a letter. */
  cursor: number;
  /** Tickets of which some event failed; later ones wait. May hold one too many, never one too few. */
  readonly blocked: Set<number>;
}

/** Somebody else runs the follower now. */
export class LeaseLost extends Error {}

/** @returns undefined while another process holds it */
export async function takeLease(app: App, follower: string, owner: string): Promise<Lease | undefined> {
  const until = app.now().getTime() + FOLLOWER_LEASE_MS;
  return change(app, async ({ trx, at }) => {
    const taken = await trx<FollowerRow>('followers')
      .where('name', follower)
      .where((free) => {
        void free.whereNull('leaseOwner').orWhere('leaseUntil', '<=', at).orWhere('leaseOwner', owner);
      })
      .update({ leaseOwner: owner, leaseUntil: new Date(until).toISOString() })
      .increment('fence', 1);
    const row =
      taken === 1 ? await trx<FollowerRow>('followers').where({ name: follower }).first() : undefined;
    if (!row) return undefined;
    const tickets: { ticketId: number }[] = await trx('follower_letters')
      .where({ follower })
      .whereNotNull('ticketId')
      .distinct('ticketId');
    const blocked = new Set(tickets.map(({ ticketId }) => ticketId));
    return { follower, fence: row.fence, until, cursor: row.cursor, blocked };
  });
}

/** Writes the cursor, if it is still ours, and renews the lease. Locks the follower's row. @throws LeaseLost */
export async function saveCursor(
  app: App,
  trx: Knex.Transaction,
  lease: Lease,
  cursor: number,
): Promise<void> {
  const patch = { cursor, leaseUntil: later(app.now(), FOLLOWER_LEASE_MS) };
  const { follower: name, fence } = lease;
  const touched = await trx<FollowerRow>('followers').where({ name, fence }).update(patch);
  if (touched === 0) throw new LeaseLost(`${name} is run elsewhere`);
}

/** Saves in a transaction of its own and moves the lease on. @throws LeaseLost */
export async function moveCursor(app: App, lease: Lease, cursor: number): Promise<void> {
  await change(app, ({ trx }) => saveCursor(app, trx, lease, cursor));
  noteSaved(app, lease, cursor);
}

/** What the lease is after a commit. */
export function noteSaved(app: App, lease: Lease, cursor: number): void {
  lease.cursor = cursor;
  lease.until = app.now().getTime() + FOLLOWER_LEASE_MS;
}

/** Renews when less than half is left; before every tap, so that none starts under a lease that ran out. */
export async function keepLease(app: App, lease: Lease): Promise<void> {
  if (lease.until - app.now().getTime() < FOLLOWER_LEASE_MS / 2) await renewLease(app, lease);
}

/** @throws LeaseLost */
export async function renewLease(app: App, lease: Lease): Promise<void> {
  const until = app.now().getTime() + FOLLOWER_LEASE_MS;
  const { follower: name, fence } = lease;
  const touched = await change(app, ({ trx }) =>
    trx<FollowerRow>('followers')
      .where({ name, fence })
      .update({ leaseUntil: new Date(until).toISOString() }),
  );
  if (touched === 0) throw new LeaseLost(`${name} is run elsewhere`);
  lease.until = until;
}

/** Frees the follower for others. */
export async function freeLease(app: App, { follower: name, fence }: Lease): Promise<void> {
  await change(app, ({ trx }) =>
    trx<FollowerRow>('followers').where({ name, fence }).update({ leaseOwner: null, leaseUntil: null }),
  );
}
