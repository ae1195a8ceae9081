import { sayWhy } from '../assign/say-why.js';
import type { Verdict } from '../conditions/evaluate.js';
import type { ActionTrace, RuleRun } from '../run/trace.js';
import { describeAction, describeCondition, describeSeen, type Words } from '../words/describe.js';
import { RULES } from './rules-page.js';

const outcomeTones = { started: 'warn', done: 'ok', missed: undefined, cut: 'danger' } as const;
const actionTones = { done: 'ok', unchanged: undefined, refused: 'danger', skipped: 'warn', changed: 'warn', notTried: undefined } as const; // prettier-ignore

/** One run of a rule on a ticket, as `routing/trace` prints it. */
export function presentTrace(trace: RuleRun, words: Words): Record<string, unknown> {
  const { t } = words;
  const { ruleId, version, outcome, detail, at, trigger } = trace;
  return {
    name: detail.name,
    href: `${RULES}/${ruleId}`,
    version: t('routing.trace.version', { version }),
    at,
    when: t(`routing.trigger.${trigger}`),
    state: { text: t(`routing.outcome.${outcome}`), tone: outcomeTones[outcome] },
    note: outcome === 'cut' ? t('routing.trace.cut') : undefined,
    ...presentVerdict(detail.verdict, words),
    actions: detail.actions.map((one) => presentAction(one, words)),
  };
}

/** Each condition with what was seen. */
export function presentVerdict({ match, groups }: Verdict, words: Words): Record<string, unknown> {
  const { t } = words;
  return {
    isAlways: groups.length === 0,
    groups: groups.map((group, i) => ({
      join: i > 0 ? t(`routing.join.${match}`) : undefined,
      conditions: group.conditions.map((condition, n) => ({
        join: n > 0 ? t(`routing.join.${group.match}`) : undefined,
        text: describeCondition(condition, words),
        seen: t('routing.trace.seen', { value: describeSeen(condition.field, condition.seen, words) }),
        holds: condition.holds,
        icon: condition.holds ? 'check' : 'x',
        word: t(condition.holds ? 'routing.trace.holds' : 'routing.trace.fails'),
      })),
    })),
  };
}

function presentAction({ action, outcome, why }: ActionTrace, words: Words): Record<string, unknown> {
  const { t } = words;
  return {
    text: describeAction(action, words),
    state: { text: t(`routing.outcome.${outcome}`), tone: actionTones[outcome] },
    why: why && wordsOfWhy(why, words),
  };
}

/** Why somebody was chosen, or something was not done. */
export function wordsOfWhy(why: NonNullable<ActionTrace['why']>, { t }: Pick<Words, 't'>): string {
  if (why.key.startsWith('routing.why.')) return t(why.key, why.values);
  return sayWhy(t, { key: why.key, values: { ...why.values } });
}
