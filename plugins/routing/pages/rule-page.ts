import { isError, type DeskContext } from '@helpdesk/core';
import { dryRun, DRY_RUN_TICKETS, type DryRun } from '../dry-run/dry-run.js';
import { checkRule, type Problems } from '../editor/check-draft.js';
import { draftOf, emptyRule, type RuleDraft } from '../editor/draft.js';
import { editRule } from '../editor/edit-rows.js';
import { presentRule } from '../editor/present-draft.js';
import { Fields, one, readRule } from '../editor/read-fields.js';
import { findRule } from '../rules/list-rules.js';
import { READY, readyMade } from '../rules/ready-made.js';
import { saveRule } from '../rules/save-rule.js';
import type { Words } from '../words/describe.js';
import { pathId } from './path-id.js';
import { presentDryRun } from './present-dry-run.js';
import { RULES } from './rules-page.js';
import { wordsOf } from './words-of.js';

interface Shown {
  readonly draft: RuleDraft;
  readonly ruleId?: number;
  readonly version?: number;
  readonly problems?: Problems;
  readonly isConflict?: boolean;
  readonly tried?: DryRun;
  readonly status?: number;
}

export async function newRulePage(ctx: DeskContext): Promise<void> {
  const ready = READY.find((name) => name === ctx.query['ready']);
  await show(ctx, { draft: ready ? draftOf(readyMade(ctx.app, ready)) : emptyRule() });
}

export async function rulePage(ctx: DeskContext): Promise<void> {
  const { id, version, definition } = await findRule(ctx.db, pathId(ctx));
  await show(ctx, { draft: draftOf(definition), ruleId: id, version });
}

export const createRulePage = (ctx: DeskContext): Promise<void> => take(ctx);

export async function changeRulePage(ctx: DeskContext): Promise<void> {
  await take(ctx, (await findRule(ctx.db, pathId(ctx))).id);
}

/** Whatever button was pressed: rows come and go, the rule is tried, or it is stored. What was typed stays. */
async function take(ctx: DeskContext, ruleId?: number): Promise<void> {
  const fields = await ctx.form(Fields);
  const draft = readRule(fields);
  const version = Number(one(fields, 'version')) || undefined;
  const at = { ...(ruleId === undefined ? {} : { ruleId }), ...(version === undefined ? {} : { version }) };
  const button = one(fields, 'do');
  if (editRule(draft, button, fields) !== undefined) return show(ctx, { draft, ...at });
  const checked = checkRule(draft);
  if (!checked.ok) return show(ctx, { draft, ...at, problems: checked.problems, status: 422 });
  if (button === 'try') return show(ctx, { draft, ...at, tried: await dryRun(ctx.app, checked.value) });
  try {
    const saved = await saveRule(ctx.app, {
      ...(ruleId === undefined ? {} : { ruleId }),
      ...(version === undefined ? {} : { expectedVersion: version }),
      definition: checked.value,
      actor: ctx.actor,
    });
    ctx.flash({ text: ctx.t(ruleId === undefined ? 'routing.rules.created' : 'routing.rules.saved') });
    ctx.redirect(`${RULES}/${saved.ruleId}`);
  } catch (error) {
    if (!isError(error, 'TICKET_CHANGED')) throw error;
    await show(ctx, { draft, ...at, isConflict: true, status: 409 });
  }
}

async function show(
  ctx: DeskContext,
  { draft, ruleId, version, problems = new Map(), isConflict = false, tried, status = 200 }: Shown,
): Promise<void> {
  const words: Words = await wordsOf(ctx);
  await ctx.render(
    'routing/rule',
    {
      ...presentRule(draft, { ...words, problems }),
      heading: draft.name.trim() || ctx.t('routing.rules.new'),
      action: ruleId === undefined ? `${RULES}/new` : `${RULES}/${ruleId}`,
      listUrl: RULES,
      versionsUrl: ruleId === undefined ? undefined : `${RULES}/${ruleId}/versions`,
      version,
      isConflict,
      most: DRY_RUN_TICKETS,
      tried: tried && presentDryRun(tried, words),
    },
    { status, page: { styles: ['routing/routing.css'] } },
  );
}
