import { seesLine, type Person } from './list-people.js';
import { isInShift } from './shifts.js';

/** Why somebody was not asked; `routing.assign.passed.<because>` says it in words. */
export interface Passed {
  readonly agentId: number;
  readonly name: string;
  readonly because: 'role' | 'line' | 'skill' | 'away' | 'shift' | 'notSeen' | 'full';
  readonly values: Readonly<Record<string, unknown>>;
}

export interface Wanted {
  readonly lineId: number | null;
  readonly skills: ReadonlyMap<string, string>;
  readonly at: Date;
  /** Only those who are at work now: in their hours, and seen within so many minutes. */
  readonly atWork: { readonly seenMinutes: number } | null;
}

/** Parts those who may take a ticket from those who may not, each with the first reason. */
export function siftPeople(
  people: readonly Person[],
  wanted: Wanted,
): { readonly fit: readonly Person[]; readonly passed: readonly Passed[] } {
  const passed: Passed[] = [];
  const fit = people.filter((person) => {
    const no = whyNot(person, wanted);
    if (no) passed.push({ agentId: person.agentId, name: person.name, ...no });
    return no === undefined;
  });
  return { fit, passed };
}

type No = Pick<Passed, 'because' | 'values'>;
const no = (because: Passed['because'], values: Passed['values'] = {}): No => ({ because, values });

function whyNot(person: Person, { lineId, skills, at, atWork }: Wanted): No | undefined {
  if (!person.canAnswer) return no('role');
  if (!seesLine(person, lineId)) return no('line');
  const missing = [...skills].filter(([skill]) => !person.skills.has(skill)).map(([, name]) => name);
  if (missing.length > 0) return no('skill', { skill: missing.join(', ') });
  if (person.away) return no('away', person.away.until === null ? {} : { until: person.away.until });
  if (!atWork) return undefined;
  if (!isInShift(person.shifts, { at, timeZone: person.timeZone })) return no('shift');
  const seenAt = person.lastSeenAt === null ? 0 : Date.parse(person.lastSeenAt);
  const isHere = at.getTime() - seenAt <= atWork.seenMinutes * 60_000;
  return isHere ? undefined : no('notSeen', { minutes: atWork.seenMinutes });
}
