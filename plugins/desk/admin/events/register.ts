import { agentNames, listEvents, type DeskContext } from '@helpdesk/core';
import type { DeskTools } from '../../tools.js';
import { ofAllLines } from '../of-all-lines.js';
import { queryId } from '../path-id.js';
import { renderSettings } from '../render-settings.js';

const READ = { permission: 'events.read' } as const;
const SIZE = 50;
const PATH = '/desk/settings/events';

/** The log of everything that happened. */
export function registerEvents({ desk }: DeskTools): void {
  desk.get('/settings/events', READ, ofAllLines(showEvents));
}

async function showEvents(ctx: DeskContext): Promise<void> {
  const name = (ctx.query['name'] ?? '').trim().slice(0, 80);
  const agent = queryId(ctx, 'agent');
  const ticketId = queryId(ctx, 'ticket');
  const before = queryId(ctx, 'before');
  const filter = {
    ...(name ? { name } : {}),
    ...(agent === undefined ? {} : { actorId: String(agent) }),
    ...(ticketId === undefined ? {} : { ticketId }),
  };
  const [found, names] = await Promise.all([
    listEvents(ctx.db, { ...filter, ...(before === undefined ? {} : { before }), limit: SIZE + 1 }),
    agentNames(ctx.db),
  ]);
  const rows = found.slice(0, SIZE);
  const last = found.length > SIZE ? rows.at(-1) : undefined;
  const next = new URLSearchParams({
    ...(name ? { name } : {}),
    ...(agent === undefined ? {} : { agent: String(agent) }),
    ...(ticketId === undefined ? {} : { ticket: String(ticketId) }),
    ...(last ? { before: String(last.id) } : {}),
  });
  await renderSettings(
    ctx,
    { view: 'events' },
    {
      name,
      ticket: ticketId ?? '',
      agents: [...names].map(([id, { name: label }]) => ({ value: id, label, selected: id === agent })),
      rows: rows.map((row) => ({
        id: row.id,
        name: row.name,
        at: row.at,
        who:
          row.actorKind === 'agent'
            ? (names.get(Number(row.actorId))?.name ?? row.actorId)
            : `${row.actorKind} ${row.actorId}`,
        ticketId: row.ticketId,
        payload: JSON.stringify(row.payload),
      })),
      nextUrl: last ? `${PATH}?${next.toString()}` : null,
    },
  );
}
