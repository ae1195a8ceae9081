import { listPlaces, sees, typing, type HostApp, type LoggedRow, type Viewer } from '@helpdesk/core';
import { outdateCounts } from './counts-of.js';
import { presence } from './presence.js';

/** An open page, as the hub tells it things. */
export interface LiveStream {
  readonly viewer: Viewer;
  /** Counts may have changed. */
  outdate(): void;
  tellEvent(event: LoggedRow): void;
  tellPresence(ticketId: number): void;
}
export interface Hub {
  /** @returns a function that leaves */
  join(stream: LiveStream): () => void;
  /** Tells events to those who may see their tickets. */
  send(events: readonly LoggedRow[], streams: Iterable<LiveStream>): Promise<void>;
}

const hubs = new WeakMap<HostApp, Hub>();

/** Looks up once per batch of events who may see them, however many pages are open. */
export function hubOf(app: HostApp): Hub {
  let hub = hubs.get(app);
  if (!hub) hubs.set(app, (hub = createHub(app)));
  return hub;
}

function createHub(app: HostApp): Hub {
  const streams = new Set<LiveStream>();
  let stop: (() => void)[] = [];
  const failed = (error: unknown) => app.log.error({ err: error }, 'live pages were not told');

  async function send(events: readonly LoggedRow[], to: Iterable<LiveStream>): Promise<void> {
    const ids = events.map(({ ticketId }) => ticketId).filter((id) => id !== null);
    const places = new Map((await listPlaces(app.db, [...new Set(ids)])).map((place) => [place.id, place]));
    for (const stream of to) {
      stream.outdate();
      for (const event of events) {
        const place = event.ticketId === null ? undefined : places.get(event.ticketId);
        if (place && sees(stream.viewer, place)) stream.tellEvent(event);
      }
    }
  }

  async function tellPresence(ticketId: number): Promise<void> {
    const [place] = await listPlaces(app.db, [ticketId]);
    if (!place) return;
    for (const stream of streams) if (sees(stream.viewer, place)) stream.tellPresence(ticketId);
  }

  function start(): void {
    stop = [
      app.tail.subscribe((events) => {
        outdateCounts(app);
        void send(events, streams).catch(failed);
      }),
      typing(app).subscribe((ticketId, side) => {
        if (side === 'contact') void tellPresence(ticketId).catch(failed);
      }),
      presence(app).subscribe((ticketId) => void tellPresence(ticketId).catch(failed)),
    ];
  }

  return {
    send,
    join(stream) {
      if (streams.size === 0) start();
      streams.add(stream);
      return () => {
        if (!streams.delete(stream) || streams.size > 0) return;
        for (const end of stop) end();
        stop = [];
      };
    },
  };
}
