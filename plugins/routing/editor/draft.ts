import { isTimer, type Action, type Definition, type Trigger } from '../rules/definition.js';
import type { Condition, Conditions, Match } from '../conditions/condition.js';

/** A rule while it is edited: as it was typed, right or wrong. */
export interface RuleDraft {
  name: string;
  triggers: DraftTrigger[];
  conditions: DraftConditions;
  actions: DraftAction[];
  stop: boolean;
}
export interface DraftTrigger {
  on: string;
  every: string;
  unit: Unit;
}
export interface DraftConditions {
  match: Match;
  groups: DraftGroup[];
}
export interface DraftGroup {
  match: Match;
  conditions: { field: string; op: string; values: string[] }[];
}
export interface DraftAction {
  kind: string;
  value: string;
  /** The team among which somebody is chosen. */
  team: string;
}

export const UNITS = { minutes: 1, hours: 60, days: 1440 } as const;
export type Unit = keyof typeof UNITS;

export const emptyGroup = (): DraftGroup => ({ match: 'all', conditions: [] });

export const emptyRule = (): RuleDraft => ({
  name: '',
  triggers: [{ on: 'opened', every: '', unit: 'hours' }],
  conditions: { match: 'all', groups: [emptyGroup()] },
  actions: [],
  stop: false,
});

/** A stored rule, to be edited. */
export const draftOf = ({ name, triggers, conditions, actions, stop }: Definition): RuleDraft => ({
  name,
  triggers: triggers.map(draftTrigger),
  conditions: draftConditions(conditions),
  actions: actions.map(draftAction),
  stop,
});

export function draftConditions({ match, groups }: Conditions): DraftConditions {
  const copy = (conditions: readonly Condition[]) =>
    conditions.map((one) => ({ ...one, values: [...one.values] }));
  const drafts = groups.map((group) => ({ match: group.match, conditions: copy(group.conditions) }));
  return { match, groups: drafts.length > 0 ? drafts : [emptyGroup()] };
}

function draftTrigger(trigger: Trigger): DraftTrigger {
  if (!isTimer(trigger)) return { on: trigger.on, every: '', unit: 'hours' };
  const unit = (['days', 'hours'] as const).find((one) => trigger.minutes % UNITS[one] === 0) ?? 'minutes';
  return { on: trigger.on, every: String(trigger.minutes / UNITS[unit]), unit };
}

function draftAction(action: Action): DraftAction {
  const none = (value: number | string | null) => (value === null ? 'none' : String(value));
  const of = (value: string, team = '') => ({ kind: action.kind, value, team });
  switch (action.kind) {
    case 'team':
      return of(none(action.teamId));
    case 'agent':
      return of(none(action.agentId));
    case 'assign':
      return of(action.strategy, none(action.teamId));
    case 'priority':
      return of(String(action.priority));
    case 'type':
      return of(none(action.type));
    case 'tag':
    case 'untag':
      return of(action.tag);
    case 'status':
      return of(action.status);
    case 'note':
    case 'acknowledge':
      return of(action.text);
    case 'reply':
      return of(String(action.savedReplyId));
  }
}
