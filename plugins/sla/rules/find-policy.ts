import type { Policy, Rules } from './policy.js';

/** What conditions look at. */
export interface Subject {
  readonly lineId: number | null;
  readonly teamId: number | null;
  readonly type: string | null;
  readonly priority: number;
  readonly channel: string;
  readonly organizationId: number | null;
  readonly segmentId: number | null;
  readonly role: string | null;
}

/** The first policy that is on and holds. */
export const findPolicy = (rules: Rules | undefined, subject: Subject): Policy | undefined =>
  rules?.policies.find(({ isOn, conditions }) => isOn && holds(conditions, subject));

function holds(conditions: Policy['conditions'], subject: Subject): boolean {
  const { lines, teams, types, priorities, channels, organizations, segments, roles } = conditions;
  return (
    among(lines, subject.lineId) &&
    among(teams, subject.teamId) &&
    among(types, subject.type) &&
    among(priorities, subject.priority) &&
    among(channels, subject.channel) &&
    among(organizations, subject.organizationId) &&
    among(segments, subject.segmentId) &&
    among(roles.map(folded), subject.role === null ? null : folded(subject.role))
  );
}

const among = <T>(list: readonly T[], value: T | null) =>
  list.length === 0 || (value !== null && list.includes(value));
const folded = (word: string) => word.trim().toLowerCase();
