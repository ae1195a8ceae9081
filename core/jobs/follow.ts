import type { Awaitable } from '../hooks/catalogue.js';
import type { EachFollower, FollowOptions, FollowTaps } from './follower-types.js';
import type { Logged } from './logged-event.js';

type AnyTap = (payload: unknown, logged: Logged) => Awaitable<unknown>;

/** A follower that takes events one by one, in id order, at least once, in no transaction. */
export function follow(taps: FollowTaps, { name, from = 'now' }: FollowOptions): EachFollower {
  const byName = new Map(Object.entries(taps));
  return {
    kind: 'each',
    name,
    from,
    events: [...byName.keys()],
    tap(event) {
      // A tap is found by the name of its event, so it is given the payload of that name.
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion
      const tap = byName.get(event.name) as AnyTap | undefined;
      return tap?.(event.payload, { eventId: event.eventId, at: event.at });
    },
  };
}
