import { createChance } from './chance.js';
import { groups, kinds, type GroupKey, type Kind } from './company.js';

export interface Request {
  readonly at: Date;
  readonly group: GroupKey;
  /** Which customer of the group; new ones come once. */
  readonly client: number;
  readonly kind: Kind;
  /** Minutes of a manager who does it alone, and of somebody of the centre. */
  readonly managerMinutes: number;
  readonly centreMinutes: number;
  /** Whether the centre will need the manager. */
  readonly needsManager: boolean;
}

const DAY_MS = 24 * 3_600_000;
const OPENS = 9 * 60;
const MINUTES = 9 * 60;

/** The requests of a year in their order, on working days between 9 and 18; the same seed tells the same ones. */
export function tellYear({
  seed,
  requests,
  from,
}: {
  seed: number;
  requests: number;
  from: Date;
}): Request[] {
  const chance = createChance(seed);
  const days = workingDays(from);
  const at = Array.from({ length: requests }, () => {
    const day = days[Math.floor(chance.next() * days.length)] ?? from;
    return new Date(day.getTime() + (OPENS + chance.next() * MINUTES) * 60_000);
  }).toSorted((a, b) => a.getTime() - b.getTime());
  return at.map((moment) => {
    const group = chance.pick(groups);
    const isLarge = group.key === 'A' || group.key === 'B';
    const kind = chance.pick(kinds.map((one) => ({ ...one, weight: isLarge ? one.large : one.small })));
    const factor = chance.factor();
    return {
      at: moment,
      group: group.key,
      client: Math.floor(chance.next() * group.clients),
      kind,
      managerMinutes: kind.manager * factor,
      centreMinutes: kind.centre * factor,
      needsManager: chance.next() < kind.toManager,
    };
  });
}

function workingDays(from: Date): Date[] {
  const all = Array.from({ length: 365 }, (_, i) => new Date(from.getTime() + i * DAY_MS));
  return all.filter((day) => day.getUTCDay() !== 0 && day.getUTCDay() !== 6);
}
