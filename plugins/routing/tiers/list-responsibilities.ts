import { listLines, listTeams, listTicketTypes, type HostApp } from '@helpdesk/core';
import type { Knex } from 'knex';
import { listPeople, seesLine, type Person } from '../assign/list-people.js';
import { listRules, type RuleRecord } from '../rules/list-rules.js';
import { teamByRules } from './team-by-rules.js';
import { readTiers, tierOf, tiers, type Tier } from './tier.js';

interface Row {
  readonly lineId: number;
  readonly type: string;
  readonly tier: Tier;
  readonly teamId: number;
}

/** Why a cell of the matrix would leave a customer alone; `routing.matrix.gap.<gap>` says it. */
export type Gap = 'nobody' | 'archived' | 'empty' | 'blind' | 'wrongTier' | 'ruled' | 'away';

export interface Cell {
  readonly tier: Tier;
  readonly teamId: number | null;
  readonly team: string | null;
  readonly people: readonly { readonly name: string; readonly isAway: boolean }[];
  /** What it was taken from; `derived`: the only team of that tier. */
  readonly from: 'own' | 'line' | 'type' | 'any' | 'derived' | 'rule' | null;
  /** The rule that gives the ticket to that team. */
  readonly rule: string | null;
  readonly gap: Gap | null;
}

export interface MatrixRow {
  readonly lineId: number | null;
  readonly line: string | null;
  /** Null: every other type. */
  readonly type: string | null;
  readonly typeName: string | null;
  readonly cells: readonly Cell[];
  readonly hasGap: boolean;
}

/**
 * Who answers for what: every line with every type of ticket, by tier. What a row does not say itself it takes from its line, then
 * from its type, then from what holds for everything; a higher tier that has one team only is that team. In the first tier the rules
 * go before all that, as they do with tickets.
 */
export async function listResponsibilities(app: HostApp): Promise<MatrixRow[]> {
  const [lines, types, teams, people, known, rules, rows] = await Promise.all([
    listLines(app.db),
    listTicketTypes(app.db),
    listTeams(app.db, { includeArchived: true }),
    listPeople(app),
    readTiers(app.db),
    listRules(app.db),
    app.db('routing_responsibilities').select<Row[]>(),
  ]);
  const found = { rules, rows, teams, people, known };
  const kinds = [...types.map(({ key, name }) => ({ key, name })), { key: null, name: null }];
  const places = [...lines.map(({ id, name }) => ({ id, name })), { id: null, name: null }];
  return places.flatMap((line) =>
    kinds.map((type) => {
      const cells = tiers.map((tier) => cellOf(found, { lineId: line.id, type: type.key, tier }));
      const row = { lineId: line.id, line: line.name, type: type.key, typeName: type.name, cells };
      return { ...row, hasGap: cells.some(({ gap }) => gap !== null) };
    }),
  );
}

interface Found {
  readonly rules: readonly RuleRecord[];
  readonly rows: readonly Row[];
  readonly teams: Awaited<ReturnType<typeof listTeams>>;
  readonly people: readonly Person[];
  readonly known: ReadonlyMap<number, Tier>;
}
interface Place {
  readonly lineId: number | null;
  readonly type: string | null;
  readonly tier: Tier;
}

function cellOf(found: Found, place: Place): Cell {
  const said = resolve(found, place);
  const ruled = place.tier === 1 ? teamByRules(found.rules, place) : undefined;
  const { teamId, from } = ruled ? { teamId: ruled.teamId, from: 'rule' as const } : said;
  const isContradicted = ruled !== undefined && said.teamId !== null && said.teamId !== ruled.teamId;
  const team = found.teams.find(({ id }) => id === teamId);
  const members = team ? found.people.filter(({ teamIds }) => teamIds.includes(team.id)) : [];
  return {
    tier: place.tier,
    teamId,
    team: team?.name ?? null,
    people: members.map(({ name, away }) => ({ name, isAway: away !== null })),
    from,
    rule: ruled?.rule ?? null,
    gap: gapOf(found, place, { team, members }) ?? (isContradicted ? 'ruled' : null),
  };
}

type Team = Found['teams'][number];

function gapOf(
  { known }: Found,
  { lineId, tier }: Place,
  { team, members }: { team: Team | undefined; members: readonly Person[] },
): Gap | null {
  // The third tier is what some companies do without.
  if (!team) return tier === 3 ? null : 'nobody';
  if (team.isArchived) return 'archived';
  const answering = members.filter(({ canAnswer }) => canAnswer);
  if (answering.length === 0) return 'empty';
  if (lineId !== null && !answering.some((person) => seesLine(person, lineId))) return 'blind';
  if (tierOf(known, team.id) !== tier) return 'wrongTier';
  return answering.every(({ away }) => away !== null) ? 'away' : null;
}

function resolve(
  { rows, teams, known }: Pick<Found, 'rows' | 'teams' | 'known'>,
  { lineId, type, tier }: Place,
): { teamId: number | null; from: Cell['from'] } {
  const line = lineId ?? 0;
  const kind = type ?? '';
  const said = (l: number, k: string) =>
    rows.find((row) => row.lineId === l && row.type === k && row.tier === tier)?.teamId;
  const own = said(line, kind);
  if (own !== undefined) return { teamId: own, from: 'own' };
  const steps = [
    { from: 'line' as const, teamId: said(line, '') },
    { from: 'type' as const, teamId: said(0, kind) },
    { from: 'any' as const, teamId: said(0, '') },
  ];
  const inherited = steps.find(({ teamId }) => teamId !== undefined);
  if (inherited?.teamId !== undefined) return { teamId: inherited.teamId, from: inherited.from };
  const ofTier = teams.filter(({ id, isArchived }) => !isArchived && tierOf(known, id) === tier);
  const [only] = ofTier;
  return only && ofTier.length === 1 && tier > 1
    ? { teamId: only.id, from: 'derived' }
    : { teamId: null, from: null };
}

/** What a row says itself, by tier. */
export async function ownTeams(
  db: Knex,
  { lineId, type }: { lineId: number | null; type: string | null },
): Promise<ReadonlyMap<Tier, number>> {
  const place = { lineId: lineId ?? 0, type: type ?? '' };
  const rows = await db('routing_responsibilities').where(place).select<Row[]>();
  return new Map(rows.map(({ tier, teamId }) => [tier, teamId]));
}

/** The teams that answer for a ticket, by tier. */
export async function whoAnswers(
  db: Knex,
  { lineId, type }: { lineId: number | null; type: string | null },
): Promise<ReadonlyMap<number, number>> {
  const [rows, teams, known] = await Promise.all([
    db('routing_responsibilities').select<Row[]>(),
    listTeams(db),
    readTiers(db),
  ]);
  const isTeam = (id: number | null): id is number => teams.some((team) => team.id === id);
  const found = tiers.map(
    (tier) => [tier, resolve({ rows, teams, known }, { lineId, type, tier }).teamId] as const,
  );
  return new Map(found.filter((one): one is readonly [Tier, number] => isTeam(one[1])));
}
