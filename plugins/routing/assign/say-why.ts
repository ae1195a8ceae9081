import type { Choice } from './choose-assignee.js';
import type { Passed } from './sift-people.js';

type Say = (key: string, values?: Readonly<Record<string, unknown>>) => string;

const SHOWN = 6;

/** A choice in one line: "Maria: fewest open, 3 of 10. Ilya is away." Those who were not asked follow, six at most. */
export function sayWhy(t: Say, { key, values }: Choice['why']): string {
  const { passed: given, ...rest } = values;
  const passed = (Array.isArray(given) ? given : []) as readonly Passed[];
  const words = passed.slice(0, SHOWN).map((one) => sayPassed(t, one));
  const more = passed.length - words.length;
  if (more > 0) words.push(t('routing.assign.passed.more', { count: more }));
  const until = typeof values['until'] === 'string' ? '.until' : '';
  return [`${t(`${key}${until}`, rest)}.`, ...(words.length > 0 ? [`${words.join('; ')}.`] : [])].join(' ');
}

function sayPassed(t: Say, { name, because, values }: Passed): string {
  const until = because === 'away' && 'until' in values ? '.until' : '';
  return t(`routing.assign.passed.${because}${until}`, { name, ...values });
}
