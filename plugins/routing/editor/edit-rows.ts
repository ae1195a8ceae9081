import { kindOf, OPERATORS } from '../conditions/fields.js';
import { ACTIONS, EVENT_TRIGGERS, TIMER_TRIGGERS } from '../rules/definition.js';
import { emptyGroup, type DraftConditions, type RuleDraft } from './draft.js';
import { one, type Fields } from './read-fields.js';

/** Names the row that was touched, for the page to come back to; undefined: the button was none of these. */
type Edited = string | undefined;

const MOST = 30;

/** What a button of the conditions does to them: `add-condition.0`, `drop-condition.0.2`, `add-group`, `drop-group.1`. */
export function editConditions(conditions: DraftConditions, button: string, fields: Fields): Edited {
  const [what = '', ...numbers] = button.split('.');
  const [g = -1, c = -1] = numbers.map(Number);
  const group = conditions.groups[g];
  switch (what) {
    case 'add-group':
      if (conditions.groups.length < 10) conditions.groups.push(emptyGroup());
      return `g-${conditions.groups.length - 1}`;
    case 'drop-group':
      conditions.groups.splice(g, group ? 1 : 0);
      return 'conditions';
    case 'add-condition': {
      const field = one(fields, `new.${g}`);
      const kind = kindOf(field);
      if (group && kind && group.conditions.length < MOST)
        group.conditions.push({ field, op: OPERATORS[kind][0], values: [] });
      return `g-${g}`;
    }
    case 'drop-condition':
      group?.conditions.splice(c, group.conditions[c] ? 1 : 0);
      return `g-${g}`;
    default:
      return undefined;
  }
}

/** The same for a whole rule. */
export function editRule(draft: RuleDraft, button: string, fields: Fields): Edited {
  const [what = '', number = ''] = button.split('.');
  const at = Number(number);
  switch (what) {
    case 'add-trigger': {
      const on = one(fields, 'new.trigger');
      const isKnown = [...EVENT_TRIGGERS, ...TIMER_TRIGGERS].some((known) => known === on);
      if (isKnown && draft.triggers.length < 10) draft.triggers.push({ on, every: '', unit: 'hours' });
      return 'triggers';
    }
    case 'drop-trigger':
      draft.triggers.splice(at, 1);
      return 'triggers';
    case 'add-action': {
      const kind = one(fields, 'new.action');
      if (ACTIONS.some((known) => known === kind) && draft.actions.length < 20)
        draft.actions.push({ kind, value: '', team: '' });
      return 'actions';
    }
    case 'drop-action':
      draft.actions.splice(at, 1);
      return 'actions';
    case 'raise-action': {
      const [moved] = draft.actions.splice(at, 1);
      if (moved) draft.actions.splice(Math.max(0, at - 1), 0, moved);
      return 'actions';
    }
    default:
      return editConditions(draft.conditions, button, fields);
  }
}
