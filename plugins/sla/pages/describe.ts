import type { Policy } from '../rules/policy.js';
import { labelOf, type Choice, type Names, type Say } from './names.js';

/** Conditions with a list of choices each; organizations are written by name. */
export const CHOSEN = ['lines', 'teams', 'types', 'priorities', 'channels', 'segments', 'roles'] as const;

export const choicesOf = (names: Names, field: (typeof CHOSEN)[number]): readonly Choice[] => names[field];

/** In words, one a condition; none: it holds for every ticket. */
export function describeConditions(
  conditions: Policy['conditions'],
  { names, t }: { names: Names; t: Say },
): string[] {
  const chosen = CHOSEN.flatMap((field) => {
    const labels = conditions[field].map((value) => labelOf(choicesOf(names, field), String(value)));
    return labels.length === 0 ? [] : `${t(`sla.field.${field}`)}: ${labels.join(', ')}`;
  });
  const { organizations } = conditions;
  return organizations.length === 0
    ? chosen
    : [...chosen, `${t('sla.field.organizations')}: ${t('sla.count', { count: organizations.length })}`];
}
