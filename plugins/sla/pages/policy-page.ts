import { isError, type DeskContext } from '@helpdesk/core';
import { currentRules, findIn, nextId, withPolicy } from '../rules/list-rules.js';
import { saveRules } from '../rules/save-rules.js';
import { tryOnPast } from '../report/try-on-past.js';
import { pathId } from './path-id.js';
import { momentsOf, readPeriod } from './days.js';
import { Fields, one, presentProblems } from './fields.js';
import { readNames, sayOf } from './names.js';
import { emptyPolicy, readPolicy, type PolicyDraft } from './policy-form.js';
import { presentPolicy } from './present-policy.js';
import { presentTrial } from './present-trial.js';
import { page, SLA, type SlaPages } from './sla-pages.js';

interface Shown extends PolicyDraft {
  readonly isNew: boolean;
  readonly applies: 'now' | 'beginning';
  readonly version: number;
  readonly isConflict?: boolean;
  readonly status?: number;
  readonly trial?: Record<string, unknown>;
}
const untyped = { typed: new Map<string, string>(), problems: new Map<string, string>() };

export async function newPolicyPage(ctx: DeskContext, pages: SlaPages): Promise<void> {
  const { version, policies } = await currentRules(ctx.db);
  await show(ctx, pages, {
    policy: emptyPolicy(nextId(policies)),
    ...untyped,
    isNew: true,
    applies: 'now',
    version,
  });
}

export async function policyPage(ctx: DeskContext, pages: SlaPages): Promise<void> {
  const { version, policies } = await currentRules(ctx.db);
  const policy = findIn(policies, pathId(ctx));
  await show(ctx, pages, { policy, ...untyped, isNew: false, applies: 'now', version });
}

/** Saves, or tries on the past without writing anything. */
export async function takePolicyPage(ctx: DeskContext, pages: SlaPages, isNew: boolean): Promise<void> {
  const rules = await currentRules(ctx.db);
  const id = isNew ? nextId(rules.policies) : findIn(rules.policies, pathId(ctx)).id;
  const fields = await ctx.form(Fields);
  const draft = await readPolicy(ctx, fields, id);
  const version = Number(one(fields, 'version')) || 0;
  const applies = one(fields, 'applies') === 'beginning' ? 'beginning' : 'now';
  const shown = { ...draft, isNew, applies, version } as const;
  if (draft.problems.size > 0) return show(ctx, pages, { ...shown, status: 422 });
  const next = withPolicy(rules, draft.policy);
  if (one(fields, 'do') === 'try') {
    const period = readPeriod({ from: one(fields, 'from'), to: one(fields, 'to') }, ctx);
    const trial = await tryOnPast(ctx.db, {
      rules: withPolicy(rules, { ...draft.policy, isOn: true }),
      policyId: id,
      ...momentsOf(period, ctx.timeZone),
      now: ctx.now.getTime(),
      viewer: ctx.viewer,
      segments: pages.segments(),
    });
    return show(ctx, pages, { ...shown, trial: await presentTrial(ctx, pages, { trial, period }) });
  }
  await save(ctx, pages, { shown, rules: next, text: 'sla.policy.saved' });
}

async function save(
  ctx: DeskContext,
  pages: SlaPages,
  { shown, rules, text }: { shown: Shown; rules: Parameters<typeof saveRules>[1]['rules']; text: string },
): Promise<void> {
  try {
    await saveRules(ctx.app, {
      rules,
      applies: shown.applies,
      expectedVersion: shown.version,
      actor: ctx.actor,
      after: (trx) => pages.reckon(shown.applies === 'beginning' ? 'all' : 'open', trx),
    });
    ctx.flash({ text: ctx.t(text) });
    ctx.redirect(SLA);
  } catch (error) {
    if (!isError(error, 'TICKET_CHANGED')) throw error;
    const { version } = await currentRules(ctx.db);
    await show(ctx, pages, { ...shown, version, isConflict: true, status: 409 });
  }
}

/** From now on it holds for no ticket; what it has counted stays counted. */
export async function removePolicyPage(ctx: DeskContext, { reckon }: SlaPages): Promise<void> {
  const { version, policies, calendars } = await currentRules(ctx.db);
  const policy = findIn(policies, pathId(ctx));
  await saveRules(ctx.app, {
    rules: { policies: policies.filter((other) => other !== policy), calendars },
    applies: 'now',
    expectedVersion: version,
    actor: ctx.actor,
    after: (trx) => reckon('open', trx),
  });
  ctx.flash({ text: ctx.t('sla.policy.removed') });
  ctx.redirect(SLA);
}

async function show(ctx: DeskContext, { app, segments }: SlaPages, shown: Shown): Promise<void> {
  const t = sayOf(ctx);
  const { policy, problems, isNew, isConflict = false, status = 200, version, applies, trial } = shown;
  const names = await readNames(app, t, segments());
  const { calendars } = await currentRules(ctx.db);
  const organizations: { name: string }[] = await ctx
    .db('organizations')
    .whereIn('id', policy.conditions.organizations)
    .orderBy('name')
    .select('name');
  const period = readPeriod({}, ctx);
  await ctx.render(
    'sla/policy',
    {
      heading: isNew ? t('sla.policy.new') : policy.name,
      listUrl: SLA,
      action: isNew ? `${SLA}/policies/new` : `${SLA}/policies/${policy.id}`,
      removeUrl: isNew ? undefined : `${SLA}/policies/${policy.id}/remove`,
      version,
      isConflict,
      trial,
      ...presentPolicy(shown, { t, names, calendars, organizations: organizations.map(({ name }) => name) }),
      applies: (['now', 'beginning'] as const).map((value) => ({
        value,
        label: t(`sla.applies.${value}`),
        hint: t(`sla.applies.${value}.hint`),
        checked: value === applies,
      })),
      period: trial?.['period'] ?? period,
      errors: presentProblems(problems, t, (field) =>
        field.startsWith('norm.') ? t('sla.policy.norms') : t(`sla.field.${field}`),
      ),
    },
    { page, status },
  );
}
