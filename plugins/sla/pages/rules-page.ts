import { agentNames, type DeskContext } from '@helpdesk/core';
import { z } from 'zod';
import { writeHours } from '../calendar/hours-text.js';
import type { Calendar } from '../calendar/calendar.js';
import { TARGETS, type Policy } from '../rules/policy.js';
import { currentRules, findIn, rulesOf } from '../rules/list-rules.js';
import { saveRules } from '../rules/save-rules.js';
import { pathId } from './path-id.js';
import { readNames, sayOf, type Say } from './names.js';
import { describeConditions } from './describe.js';
import { page, SLA, type SlaPages } from './sla-pages.js';
import { workingLength } from './working-length.js';

const CHANGES = 20;

/** Policies in the order in which they are asked, calendars, and who changed them when. */
export async function rulesPage(ctx: DeskContext, { app, segments }: SlaPages): Promise<void> {
  const t = sayOf(ctx);
  const { policies, calendars, version } = await currentRules(ctx.db);
  const [names, changes, agents] = await Promise.all([
    readNames(app, t, segments()),
    ctx
      .db('sla_rule_sets')
      .orderBy('id', 'desc')
      .limit(CHANGES)
      .select<{ id: number; at: string; applies: string; savedBy: number | null }[]>(
        'id',
        'at',
        'applies',
        'savedBy',
      ),
    agentNames(ctx.db),
  ]);
  await ctx.render(
    'sla/rules',
    {
      version,
      newPolicyUrl: `${SLA}/policies/new`,
      newCalendarUrl: `${SLA}/calendars/new`,
      policies: policies.map((policy, i) => ({
        name: policy.name,
        isOn: policy.isOn,
        href: `${SLA}/policies/${policy.id}`,
        moveUrl: `${SLA}/policies/${policy.id}/move`,
        isFirst: i === 0,
        isLast: i === policies.length - 1,
        conditions: describeConditions(policy.conditions, { names, t }),
        calendar: calendars.find(({ id }) => id === policy.calendarId)?.name ?? t('sla.always'),
        norms: presentNorms(policy, { t, language: ctx.language }),
      })),
      calendars: calendars.map((calendar) => ({
        name: calendar.name,
        zone: calendar.zone,
        href: `${SLA}/calendars/${calendar.id}`,
        week: presentWeek(calendar, t),
        holidays: calendar.holidays.length,
      })),
      changes: changes.map(({ id, at, applies, savedBy }) => ({
        restoreUrl: id === version ? undefined : `${SLA}/changes/${id}/restore`,
        at,
        applies: t(`sla.applies.${applies}.short`),
        who: savedBy === null ? '' : (agents.get(savedBy)?.name ?? ''),
      })),
    },
    { page },
  );
}

const presentNorms = ({ norms }: Policy, words: { t: Say; language: string }) =>
  ([4, 3, 2, 1] as const).map((priority) => ({
    priority: words.t(`sla.priority.${priority}`),
    cells: TARGETS.map((kind) => {
      const minutes = norms[priority][kind];
      return { norm: minutes === null ? undefined : workingLength(minutes * 60, words) };
    }),
  }));

const presentWeek = ({ weekly }: Calendar, t: Say) =>
  [1, 2, 3, 4, 5, 6, 7].flatMap((day) => {
    const hours = weekly.filter((one) => one.day === day).flatMap((one) => one.hours);
    return hours.length === 0 ? [] : `${t(`sla.weekday.${day}`)} ${writeHours(hours)}`;
  });

/** One place up or down in the order; from now on. */
export async function movePolicyPage(ctx: DeskContext, { reckon }: SlaPages): Promise<void> {
  const { by } = await ctx.form(z.object({ by: z.enum(['up', 'down']) }));
  const { version, policies, calendars } = await currentRules(ctx.db);
  const policy = findIn(policies, pathId(ctx));
  const from = policies.indexOf(policy);
  const to = Math.min(policies.length - 1, Math.max(0, from + (by === 'up' ? -1 : 1)));
  if (to !== from) {
    const rest = policies.filter((one) => one !== policy);
    await saveRules(ctx.app, {
      rules: { policies: [...rest.slice(0, to), policy, ...rest.slice(to)], calendars },
      applies: 'now',
      expectedVersion: version,
      actor: ctx.actor,
      after: (trx) => reckon('open', trx),
    });
  }
  ctx.redirect(SLA);
}

/** Brings rules of then back, from now on. */
export async function restoreRulesPage(ctx: DeskContext, { reckon }: SlaPages): Promise<void> {
  const { version } = await currentRules(ctx.db);
  await saveRules(ctx.app, {
    rules: await rulesOf(ctx.db, pathId(ctx)),
    applies: 'now',
    expectedVersion: version,
    actor: ctx.actor,
    after: (trx) => reckon('open', trx),
  });
  ctx.flash({ text: ctx.t('sla.restored') });
  ctx.redirect(SLA);
}
