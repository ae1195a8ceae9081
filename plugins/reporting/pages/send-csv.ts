import {
  agentNames,
  listAllTags,
  listLines,
  listTeams,
  writeCsvLine,
  type DeskContext,
} from '@helpdesk/core';
import { readMore } from '../query/read-more.js';
import { readRows, type Row } from '../query/read-rows.js';
import { readPeriod, type Period } from '../query/period.js';
import { readSpells } from '../query/read-spells.js';
import type { Sources } from '../query/sources.js';
import { BYTE_ORDER_MARK, cellOf, checkRight, sendFile, separatorFor } from './csv-file.js';

export const TICKET_COLUMNS = [
  'ticketId',
  'number',
  'openedAt',
  'firstRepliedAt',
  'lastRepliedAt',
  'solvedAt',
  'waitingFrom',
  'firstReplySeconds',
  'nextReplies',
  'nextReplySeconds',
  'solutionSeconds',
  'usSeconds',
  'customerSeconds',
  'otherSeconds',
  'received',
  'replies',
  'notes',
  'teamHops',
  'agentHops',
  'reopenings',
  'status',
  'category',
  'since',
  'type',
  'priority',
  'channel',
  'lineId',
  'teamId',
  'assigneeId',
  'firstRepliedBy',
  'solvedBy',
  'contactId',
  'organizationId',
  'role',
] as const satisfies readonly (keyof Row)[];
const NAME_COLUMNS = ['line', 'team', 'assignee', 'tags'] as const;
export const SPELL_COLUMNS = [
  'ticketId',
  'number',
  'seq',
  'status',
  'category',
  'teamId',
  'assigneeId',
  'type',
  'since',
  'until',
] as const;

/** The tickets behind the figures of a period, or of all time with `all=1`; every figure can be recounted from them. */
export function sendTickets(ctx: DeskContext, sources: Sources): void {
  sendFile(ctx, { name: 'tickets', pieces: writeTickets(ctx, sources, startOf(ctx)) });
}

/** How long tickets were in which status, team and hands. */
export function sendSpells(ctx: DeskContext): void {
  sendFile(ctx, { name: 'spells', pieces: writeSpells(ctx, startOf(ctx)) });
}

/** The first moment of the period; undefined: from the beginning. */
function startOf(ctx: DeskContext): string | undefined {
  if (ctx.query['all'] === '1') return undefined;
  const period: Period = readPeriod(ctx.query, { now: ctx.now, timeZone: ctx.app.company.timeZone });
  return period.start;
}

async function* writeTickets(
  ctx: DeskContext,
  sources: Sources,
  since: string | undefined,
): AsyncGenerator<string> {
  const separator = separatorFor(ctx);
  const more = readMore(sources, { now: ctx.now, log: ctx.app.log });
  const names = await readNames(ctx);
  yield BYTE_ORDER_MARK + writeCsvLine([...TICKET_COLUMNS, ...NAME_COLUMNS, ...more.keys], separator);
  const { viewer, db } = ctx;
  for await (const page of readRows(db, {
    viewer,
    readMore: more.read,
    ...(since ? { since } : {}),
  })) {
    await checkRight(ctx);
    yield page
      .map((row) =>
        writeCsvLine(
          [
            ...TICKET_COLUMNS.map((name) => cellOf(row[name])),
            names.line(row.lineId),
            names.team(row.teamId),
            names.agent(row.assigneeId),
            row.tagIds.map(names.tag).join('; '),
            ...more.keys.map((key) => cellOf(row.more[key])),
          ],
          separator,
        ),
      )
      .join('');
  }
}

async function readNames({ db }: DeskContext) {
  const [lines, teams, agents, tags] = await Promise.all([
    listLines(db, { includeArchived: true }),
    listTeams(db, { includeArchived: true }),
    agentNames(db),
    listAllTags(db),
  ]);
  const from = (rows: readonly { id: number; name: string }[]) => {
    const known = new Map(rows.map(({ id, name }) => [id, name]));
    return (id: number | null) => (id === null ? '' : (known.get(id) ?? String(id)));
  };
  return {
    line: from(lines),
    team: from(teams),
    tag: from(tags),
    agent: (id: number | null) => (id === null ? '' : (agents.get(id)?.name ?? String(id))),
  };
}

async function* writeSpells(ctx: DeskContext, since: string | undefined): AsyncGenerator<string> {
  const separator = separatorFor(ctx);
  yield BYTE_ORDER_MARK + writeCsvLine(SPELL_COLUMNS, separator);
  const { viewer, db } = ctx;
  for await (const page of readSpells(db, { viewer, ...(since ? { since } : {}) })) {
    await checkRight(ctx);
    yield page
      .map((row) =>
        writeCsvLine(
          SPELL_COLUMNS.map((name) => cellOf(row[name])),
          separator,
        ),
      )
      .join('');
  }
}
