import { errors, whole, type DeskContext } from '@helpdesk/core';
import { z } from 'zod';
import { findRule, listVersions } from '../rules/list-rules.js';
import { saveRule } from '../rules/save-rule.js';
import { compareLines } from '../words/compare-lines.js';
import { describeRule } from '../words/describe.js';
import { pathId } from './path-id.js';
import { RULES } from './rules-page.js';
import { wordsOf } from './words-of.js';

/** Every version of a rule, with what it changed. */
export async function versionsPage(ctx: DeskContext): Promise<void> {
  const rule = await findRule(ctx.db, pathId(ctx));
  const [versions, words] = await Promise.all([listVersions(ctx.db, rule.id), wordsOf(ctx)]);
  const lines = versions.map(({ definition }) => describeRule(definition, words));
  await ctx.render(
    'routing/versions',
    {
      name: rule.definition.name,
      ruleUrl: `${RULES}/${rule.id}`,
      versions: versions.map(({ version, savedAt, savedBy }, i) => ({
        title: ctx.t('routing.versions.one', { version }),
        version,
        savedAt,
        by: savedBy === null ? undefined : words.names.anyAgent.get(savedBy),
        isCurrent: version === rule.version,
        restoreUrl: `${RULES}/${rule.id}/versions/restore`,
        lines: compareLines(lines[i + 1] ?? [], lines[i] ?? []).map(({ text, state }) => ({
          text,
          isAdded: state === 'added' && i < versions.length - 1,
          isRemoved: state === 'removed',
        })),
      })),
    },
    { page: { styles: ['routing/routing.css'] } },
  );
}

/** Stores an earlier version as the next one. */
export async function restoreVersionPage(ctx: DeskContext): Promise<void> {
  const rule = await findRule(ctx.db, pathId(ctx));
  const { version } = await ctx.form(z.object({ version: whole().positive() }));
  const earlier = (await listVersions(ctx.db, rule.id)).find((one) => one.version === version);
  if (!earlier) throw errors.NOT_FOUND();
  await saveRule(ctx.app, {
    ruleId: rule.id,
    definition: earlier.definition,
    expectedVersion: rule.version,
    actor: ctx.actor,
  });
  ctx.flash({ text: ctx.t('routing.versions.restored', { version }) });
  ctx.redirect(`${RULES}/${rule.id}/versions`);
}
