import type { Knex } from 'knex';
import type { Awaitable, EventName, Given } from '../hooks/catalogue.js';
import type { Logged, LoggedEvent } from './logged-event.js';

/** One tap per event name. Taps may see an event twice and must not mind. */
export type FollowTaps = {
  readonly [N in EventName]?: (payload: Given<N>, logged: Logged) => Awaitable<unknown>;
};
export interface FollowOptions {
  /** Names the cursor: unique, and kept for ever. */
  readonly name: string;
  /** Where to begin when the follower is first seen; default `now`. */
  readonly from?: 'beginning' | 'now';
}
export interface BatchOptions extends FollowOptions {
  /** Events a batch at most, 1 to 5,000. */
  readonly size: number;
}
/** What it writes through `trx` commits with the cursor. It holds the one writer: fold in memory, write little. */
export type BatchTap<N extends EventName = EventName> = (
  batch: readonly LoggedEvent<N>[],
  step: { readonly trx: Knex.Transaction },
) => Awaitable<unknown>;

interface Follower {
  readonly name: string;
  readonly from: 'beginning' | 'now';
  readonly events: readonly string[];
}
export interface EachFollower extends Follower {
  readonly kind: 'each';
  tap(event: LoggedEvent): Awaitable<unknown>;
}
export interface BatchFollower extends Follower {
  readonly kind: 'batches';
  readonly size: number;
  tap(batch: readonly LoggedEvent[], step: { readonly trx: Knex.Transaction }): Awaitable<unknown>;
}
export type FollowerDefinition = EachFollower | BatchFollower;

/** What `createFollowers` runs. */
export interface Followers {
  start(): void;
  /** Lets the event under way end, at most 10 s, and frees the followers for other processes. */
  stop(): Promise<void>;
  /** Runs every follower until none has anything to do now. For tests and commands. */
  drain(): Promise<void>;
}
