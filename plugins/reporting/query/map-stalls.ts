import { isDone, isOurMove, type StatusCategory } from '@helpdesk/core';
import type { Period } from './period.js';
import type { Stay } from './read-stays.js';
import { summarise, type Cell } from './statistics.js';

export type Mover = 'us' | 'customer' | 'others';

/** A status in a team for a type, a segment and the like: how long tickets stay there, and which are there now. */
export interface Stall {
  readonly status: string;
  readonly category: StatusCategory;
  readonly teamId: number | null;
  readonly value: string;
  readonly mover: Mover;
  /** Seconds of the stays that ended in the period. */
  readonly stays: Cell;
  /** Tickets that are there now. */
  readonly stuck: number;
  /** Of those, how many have been there longer than nine of ten stays. */
  readonly overdue: number;
  /** Seconds. */
  readonly longest: number;
}

export const moverOf = (category: StatusCategory): Mover =>
  isOurMove(category) ? 'us' : category === 'waiting_customer' ? 'customer' : 'others';

/** Where tickets stand still, by the time they stood there altogether; another owner is the same stay. */
export function mapStalls(
  stays: readonly Stay[],
  { period, now }: { period: Pick<Period, 'start' | 'end'>; now: Date },
): Stall[] {
  const [start, end] = [Date.parse(period.start), Date.parse(period.end)];
  const places = new Map<string, { stay: Stay; ended: number[]; lasting: number[] }>();
  for (const stay of stays) {
    const { status, teamId, value, since, until } = stay;
    if (isDone(stay.category)) continue;
    if (until !== null && (until < start || until >= end)) continue;
    const key = JSON.stringify([status, teamId, value]);
    const place = places.get(key) ?? { stay, ended: [], lasting: [] };
    if (until === null) place.lasting.push(secondsOf(since, now.getTime()));
    else place.ended.push(secondsOf(since, until));
    places.set(key, place);
  }
  return [...places.values()].map(toStall).toSorted((a, b) => b.stays.sum - a.stays.sum || b.stuck - a.stuck);
}

const secondsOf = (from: number, to: number): number => Math.max(0, Math.round((to - from) / 1000));

function toStall({ stay, ended, lasting }: { stay: Stay; ended: number[]; lasting: number[] }): Stall {
  const { status, category, teamId, value } = stay;
  const stays = summarise(ended);
  return {
    status,
    category,
    teamId,
    value,
    mover: moverOf(category),
    stays,
    stuck: lasting.length,
    overdue: lasting.filter((seconds) => stays.p90 !== null && seconds > stays.p90).length,
    longest: lasting.reduce((a, b) => Math.max(a, b), 0),
  };
}
