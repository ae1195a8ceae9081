import { countTickets, type HostApp, type TicketCounts, type Viewer } from '@helpdesk/core';

interface Kept {
  readonly at: number;
  readonly version: number;
  readonly counts: Promise<TicketCounts>;
}
const kept = new WeakMap<Viewer, Kept>();
const versions = new WeakMap<HostApp, number>();
// Changes of tickets in this process count at once; for what others change this is the longest delay.
const KEPT_MS = 1000;

/** What the viewer may see, counted; asked by the list and by the menu of the same page. */
export function countsOf(app: HostApp, viewer: Viewer): Promise<TicketCounts> {
  const version = versions.get(app) ?? 0;
  const known = kept.get(viewer);
  if (known && known.version === version && performance.now() - known.at < KEPT_MS) return known.counts;
  const counts = countTickets(app.db, viewer);
  kept.set(viewer, { at: performance.now(), version, counts });
  counts.catch(() => kept.delete(viewer));
  return counts;
}

/** A ticket has changed: counts are read anew. */
export const outdateCounts = (app: HostApp): void => void versions.set(app, (versions.get(app) ?? 0) + 1);
