import { errors, listTeams, orNone, whole, type DeskContext } from '@helpdesk/core';
import { z } from 'zod';
import { presentForm, type FormState } from '../assign/present-form.js';
import { listResponsibilities, ownTeams, type Cell, type MatrixRow } from './list-responsibilities.js';
import { setResponsibility } from './set-responsibility.js';
import { readTiers, tierOf, tiers, type Tier } from './tier.js';

const PATH = '/desk/routing/responsibility';

/** Line × type → team and people, tier by tier; with ?gaps=1 the rows alone in which somebody is missing. */
export async function responsibilityPage(ctx: DeskContext): Promise<void> {
  const all = await listResponsibilities(ctx.app);
  const onlyGaps = ctx.query['gaps'] === '1';
  const withGaps = all.filter(({ hasGap }) => hasGap);
  const rows = onlyGaps ? withGaps : all;
  await ctx.render('routing/tiers/responsibility', {
    rows: rows.map((row) => presentRow(ctx, row)),
    tiers: tiers.map((tier) => ctx.t(`routing.tiers.tier.${tier}`)),
    summary:
      withGaps.length === 0
        ? { text: ctx.t('routing.matrix.complete'), tone: 'ok' }
        : { text: ctx.t('routing.matrix.gaps', { count: withGaps.length }), tone: 'warn' },
    filters: [
      { text: ctx.t('routing.matrix.all'), href: PATH, on: !onlyGaps },
      { text: ctx.t('routing.matrix.onlyGaps'), href: `${PATH}?gaps=1`, on: onlyGaps },
    ],
  });
}

function presentRow({ t, can }: DeskContext, { lineId, type, line, typeName, cells }: MatrixRow) {
  const address = new URLSearchParams({ line: String(lineId ?? ''), type: type ?? '' });
  return {
    line: line ?? t('routing.matrix.anyLine'),
    type: typeName ?? t('routing.matrix.anyType'),
    cells: cells.map((cell) => presentCell(t, cell)),
    editUrl: can('routing.manage') ? `${PATH}/edit?${address.toString()}` : undefined,
  };
}

function presentCell(t: DeskContext['t'], { team, people, from, gap, rule }: Cell) {
  const isInherited = from !== null && from !== 'own';
  return {
    team,
    people: people.map(({ name, isAway }) => (isAway ? t('routing.matrix.personAway', { name }) : name)).join(', '), // prettier-ignore
    from: isInherited ? t(`routing.matrix.from.${from}`, { rule }) : undefined,
    gap: gap === null ? undefined : { text: t(`routing.matrix.gap.${gap}`), tone: 'warn', icon: 'alert' },
  };
}

const Teams = z.object({
  tier1: orNone(whole().positive()),
  tier2: orNone(whole().positive()),
  tier3: orNone(whole().positive()),
});

export async function editResponsibility(ctx: DeskContext): Promise<void> {
  const row = await rowOf(ctx);
  const own = await ownTeams(ctx.db, row);
  const typed = Object.fromEntries([...own].map(([tier, teamId]) => [`tier${tier}`, String(teamId)]));
  await showEdit(ctx, row, { typed, problems: {} });
}

export async function saveResponsibility(ctx: DeskContext): Promise<void> {
  const row = await rowOf(ctx);
  const form = await ctx.readForm(Teams);
  if (!form.ok) return showEdit(ctx, row, form, 422);
  const { tier1, tier2, tier3 } = form.value;
  const [teams, known] = await Promise.all([listTeams(ctx.db), readTiers(ctx.db)]);
  const chosen = new Map<Tier, number>();
  const problems: Record<string, string> = {};
  for (const [tier, teamId] of [
    [1, tier1],
    [2, tier2],
    [3, tier3],
  ] as const) {
    // prettier-ignore
    if (teamId === null) continue;
    const isThere = teams.some(({ id }) => id === teamId) && tierOf(known, teamId) === tier;
    if (isThere) chosen.set(tier, teamId);
    else problems[`tier${tier}`] = 'core.form.choice';
  }
  if (Object.keys(problems).length > 0)
    return showEdit(ctx, row, { typed: await ctx.typed(), problems }, 422);
  await setResponsibility(ctx.app, { lineId: row.lineId, type: row.type, teams: chosen, actor: ctx.actor });
  ctx.flash({ text: ctx.t('routing.matrix.saved') });
  ctx.redirect(PATH);
}

async function rowOf(ctx: DeskContext): Promise<MatrixRow> {
  const { line = '', type = '' } = ctx.query;
  const rows = await listResponsibilities(ctx.app);
  const row = rows.find((one) => String(one.lineId ?? '') === line && (one.type ?? '') === type);
  if (!row) throw errors.NOT_FOUND();
  return row;
}

async function showEdit(ctx: DeskContext, row: MatrixRow, state: FormState, status = 200): Promise<void> {
  const [teams, known] = await Promise.all([listTeams(ctx.db), readTiers(ctx.db)]);
  const specs = tiers.map((tier) => ({
    name: `tier${tier}`,
    label: ctx.t(`routing.tiers.tier.${tier}`),
    kind: 'select',
    options: [
      { value: '', label: ctx.t('routing.matrix.asElsewhere') },
      ...teams
        .filter(({ id }) => tierOf(known, id) === tier)
        .map(({ id, name }) => ({ value: String(id), label: name })),
    ],
  }));
  const address = new URLSearchParams({ line: String(row.lineId ?? ''), type: row.type ?? '' });
  const { line, type } = presentRow(ctx, row);
  await ctx.render(
    'routing/tiers/edit-responsibility',
    {
      ...presentForm(ctx, state, specs),
      heading: `${line} · ${type}`,
      action: `${PATH}/edit?${address.toString()}`,
      listUrl: PATH,
    },
    { status },
  );
}
