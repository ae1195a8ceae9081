import { evaluate } from '../conditions/evaluate.js';
import type { RuleRecord } from '../rules/list-rules.js';

export interface RuledTeam {
  readonly teamId: number;
  readonly rule: string;
}

const KNOWN: readonly string[] = ['ticket.line', 'ticket.type'];

/**
 * The team to which rules give every new ticket of a line and a type. Only what follows from line and type alone is said: at the first
 * rule that gives a team by something else as well, nothing is known.
 */
export function teamByRules(
  rules: readonly RuleRecord[],
  { lineId, type }: { lineId: number | null; type: string | null },
): RuledTeam | undefined {
  const facts = { 'ticket.line': lineId === null ? null : String(lineId), 'ticket.type': type };
  let found: RuledTeam | undefined;
  for (const { isOn, definition } of rules) {
    const { name, triggers, conditions, actions, stop } = definition;
    if (!isOn || !triggers.some(({ on }) => on === 'opened')) continue;
    const given = actions.filter((action) => action.kind === 'team').at(-1);
    const asked = conditions.groups.flatMap((group) => group.conditions.map(({ field }) => field));
    if (!asked.every((field) => KNOWN.includes(field))) {
      if (given || stop) return undefined;
      continue;
    }
    if (!evaluate(conditions, facts).holds) continue;
    if (given) {
      if (typeof given.teamId !== 'number') return undefined;
      found = { teamId: given.teamId, rule: name };
    }
    if (stop) break;
  }
  return found;
}
