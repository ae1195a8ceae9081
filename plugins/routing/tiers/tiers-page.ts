import { listTeams, type DeskContext } from '@helpdesk/core';
import { z } from 'zod';
import { presentForm } from '../assign/present-form.js';
import { setTiers } from './set-tiers.js';
import { readTiers, tierOf, tiers, type Tier } from './tier.js';

/** Which team is of which tier. */
export async function tiersPage(ctx: DeskContext): Promise<void> {
  const [teams, known] = await Promise.all([listTeams(ctx.db), readTiers(ctx.db)]);
  const options = tiers.map((tier) => ({ value: String(tier), label: ctx.t(`routing.tiers.tier.${tier}`) }));
  const typed = Object.fromEntries(teams.map(({ id }) => [`team${id}`, String(tierOf(known, id))]));
  const specs = teams.map(({ id, name, agentIds }) => ({
    name: `team${id}`,
    label: name,
    kind: 'select',
    options,
    hint: ctx.t('routing.tiers.people', { count: agentIds.length }),
  }));
  const { fields } = presentForm(ctx, { typed, problems: {} }, specs);
  await ctx.render('routing/tiers/tiers', { fields });
}

const AsTyped = z.looseObject({});

export async function saveTiersPage(ctx: DeskContext): Promise<void> {
  const [form, teams] = await Promise.all([ctx.form(AsTyped), listTeams(ctx.db)]);
  const said = new Map<number, Tier>();
  for (const { id } of teams) {
    const tier = tiers.find((one) => String(one) === form[`team${id}`]);
    // A team that was made meanwhile stays what it is.
    if (tier !== undefined) said.set(id, tier);
  }
  await setTiers(ctx.app, { tiers: said, actor: ctx.actor });
  ctx.flash({ text: ctx.t('routing.tiers.saved') });
  ctx.redirect('/desk/routing/tiers');
}
