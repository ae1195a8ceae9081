import type { Actor } from '@helpdesk/core';
import type { Timer } from '../rules/definition.js';

/** What a rule runs for, once. */
export interface Occasion {
  readonly key: string;
  readonly trigger: string;
  readonly ticketId: number;
  /** The rules that have led here one behind the other; none: a person, or a timer. */
  readonly chain: readonly number[];
}

const ID = 'routing';

/** As whom a rule acts. The door carries the rules that led to it and itself, so that circles are seen. */
export const ruleActor = (chain: readonly number[]): Actor => ({
  kind: 'plugin',
  id: ID,
  door: `rule.${chain.join('.')}`,
});

/** The rules that have led to an event. */
export function chainOf({ kind, id, door }: Actor): number[] {
  if (kind !== 'plugin' || id !== ID || !door?.startsWith('rule.')) return [];
  return door.split('.').slice(1).map(Number);
}

export const eventOccasion = (eventId: number) => `event:${eventId}`;
/** @param since when the period began, ISO text: another period is another occasion */
export const timerOccasion = ({ on, minutes }: Timer, since: string) => `timer:${on}:${minutes}:${since}`;
