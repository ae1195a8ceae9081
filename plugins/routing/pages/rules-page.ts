import type { DeskContext } from '@helpdesk/core';
import { z } from 'zod';
import { moveRule, removeRule, switchRule } from '../rules/change-rule.js';
import { listRules } from '../rules/list-rules.js';
import { READY } from '../rules/ready-made.js';
import { describeAction, describeConditions, describeTrigger } from '../words/describe.js';
import { pathId } from './path-id.js';
import { wordsOf } from './words-of.js';

export const RULES = '/desk/routing/rules';
const WEEK_MS = 7 * 24 * 3_600_000;

/** All rules in the order in which they are asked, with what they have done lately. */
export async function rulesPage(ctx: DeskContext): Promise<void> {
  const [rules, words, counts] = await Promise.all([listRules(ctx.db), wordsOf(ctx), countLately(ctx)]);
  await ctx.render(
    'routing/rules',
    {
      newUrl: `${RULES}/new`,
      ready: READY.map((one) => {
        // Every ready-made rule is known by what it does.
        const stored = rules.find(({ definition }) => definition.actions.some(({ kind }) => kind === one));
        return {
          name: ctx.t(`routing.ready.${one}.name`),
          text: ctx.t(`routing.ready.${one}.text`),
          href: stored ? `${RULES}/${stored.id}` : `${RULES}/new?ready=${one}`,
          stored: stored && { name: stored.definition.name, isOn: stored.isOn },
        };
      }),
      rules: rules.map(({ id, isOn, definition }, i) => ({
        id,
        isOn,
        isFirst: i === 0,
        isLast: i === rules.length - 1,
        number: i + 1,
        name: definition.name,
        href: `${RULES}/${id}`,
        when: definition.triggers.map((trigger) => describeTrigger(trigger, words)).join(', '),
        conditions: describeConditions(definition.conditions, words),
        actions: definition.actions.map((action) => describeAction(action, words)),
        stops: definition.stop,
        done: counts.get(`${id} done`) ?? 0,
        cut: counts.get(`${id} cut`) ?? 0,
      })),
    },
    { page: { styles: ['routing/routing.css'] } },
  );
}

async function countLately({ db, now }: DeskContext): Promise<Map<string, number>> {
  const since = new Date(now.getTime() - WEEK_MS).toISOString();
  const rows: { ruleId: number; outcome: string; n: number }[] = await db('routing_traces')
    .whereIn('outcome', ['done', 'cut'])
    .where('at', '>', since)
    .groupBy('ruleId', 'outcome')
    .select('ruleId', 'outcome', db.raw('count(*) as n'));
  return new Map(rows.map(({ ruleId, outcome, n }) => [`${ruleId} ${outcome}`, Number(n)]));
}

export async function switchRulePage(ctx: DeskContext): Promise<void> {
  const { on } = await ctx.form(z.object({ on: z.enum(['0', '1']) }));
  await switchRule(ctx.app, { ruleId: pathId(ctx), isOn: on === '1', actor: ctx.actor });
  ctx.flash({ text: ctx.t(on === '1' ? 'routing.rules.isOn' : 'routing.rules.isOff') });
  ctx.redirect(RULES);
}

export async function moveRulePage(ctx: DeskContext): Promise<void> {
  const { by } = await ctx.form(z.object({ by: z.enum(['up', 'down']) }));
  await moveRule(ctx.app, { ruleId: pathId(ctx), by, actor: ctx.actor });
  ctx.redirect(RULES);
}

export async function removeRulePage(ctx: DeskContext): Promise<void> {
  await removeRule(ctx.app, { ruleId: pathId(ctx), actor: ctx.actor });
  ctx.flash({ text: ctx.t('routing.rules.removed') });
  ctx.redirect(RULES);
}
