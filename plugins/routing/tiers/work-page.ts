import { agentNames, listTeams, seenBy, type DeskContext, type HostApp, type Viewer } from '@helpdesk/core';
import type { Knex } from 'knex';

interface Row {
  readonly id: number;
  readonly number: number;
  readonly subject: string;
  readonly assigneeId: number | null;
  readonly teamId: number;
  readonly workerId: number | null;
  readonly tier: number;
  readonly since: string;
  readonly wanted: string | null;
  readonly promisedAt: string | null;
}

const MOST = 100;

/** What was handed over: to my teams and not taken, what I work on, and what is mine while others work. */
export async function workPage(ctx: DeskContext): Promise<void> {
  const teams = await listTeams(ctx.db, { includeArchived: true });
  const myTeams = teams.filter(({ agentIds }) => agentIds.includes(ctx.agent.id)).map(({ id }) => id);
  const me = ctx.agent.id;
  const [free, mine, owned, names] = await Promise.all([
    list(ctx, (rows) => void rows.whereIn('routing_work.teamId', myTeams).whereNull('routing_work.workerId')),
    list(ctx, (rows) => void rows.where('routing_work.workerId', me)),
    list(ctx, (rows) => void rows.where('tickets.assigneeId', me)),
    agentNames(ctx.db),
  ]);
  const present = (row: Row) => ({
    href: `/desk/tickets/${row.id}`,
    number: row.number,
    subject: row.subject,
    wanted: row.wanted ?? ctx.t('routing.tiers.noCard'),
    since: row.since,
    promisedAt: row.promisedAt,
    isLate: row.promisedAt !== null && Date.parse(row.promisedAt) < ctx.now.getTime(),
    tier: row.tier,
    team: teams.find(({ id }) => id === row.teamId)?.name ?? '',
    owner: row.assigneeId === null ? undefined : names.get(row.assigneeId)?.name,
    worker: row.workerId === null ? undefined : names.get(row.workerId)?.name,
  });
  const lists = [
    { key: 'free', rows: free.map(present) },
    { key: 'mine', rows: mine.map(present) },
    { key: 'owned', rows: owned.map(present) },
  ].map((one) => ({ ...one, title: ctx.t(`routing.tiers.list.${one.key}`) }));
  await ctx.render('routing/tiers/work', { lists: lists.filter(({ rows }) => rows.length > 0) });
}

/** For the sidebar: what waits for me, and what waits for somebody of my teams. */
export async function countWork({ db }: HostApp, viewer: Viewer): Promise<{ n: number; hot: boolean }> {
  const myTeams = db('agent_teams').where('agentId', viewer.agentId).select('teamId');
  const waiting = (await db('routing_work')
    .join('tickets', 'tickets.id', 'routing_work.ticketId')
    .where('tickets.bucket', 'open')
    .modify((query) => seenBy(query, viewer))
    .where((either) =>
      either
        .where('routing_work.workerId', viewer.agentId)
        .orWhere((free) => free.whereNull('routing_work.workerId').whereIn('routing_work.teamId', myTeams)),
    )
    .count({ n: '*' })
    .first()) as { n: number | string } | undefined;
  return { n: Number(waiting?.n ?? 0), hot: false };
}

function list({ db, viewer }: DeskContext, narrow: (rows: Knex.QueryBuilder) => void): Promise<Row[]> {
  return db('routing_work')
    .join('tickets', 'tickets.id', 'routing_work.ticketId')
    .join('routing_handovers', 'routing_handovers.id', 'routing_work.handoverId')
    .modify((query) => seenBy(query, viewer))
    .modify(narrow)
    .orderBy([{ column: 'routing_work.since' }, { column: 'tickets.id' }])
    .limit(MOST)
    .select<Row[]>(
      'tickets.id',
      'tickets.number',
      'tickets.subject',
      'tickets.assigneeId',
      'routing_work.teamId',
      'routing_work.workerId',
      'routing_work.tier',
      'routing_work.since',
      'routing_handovers.wanted',
      'routing_handovers.promisedAt',
    );
}
