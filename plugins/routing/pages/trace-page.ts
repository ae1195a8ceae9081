import { findTicket, type DeskContext } from '@helpdesk/core';
import { listMisses } from '../run/misses.js';
import { listTraces } from '../run/trace.js';
import { pathId } from './path-id.js';
import { presentTrace } from './present-trace.js';
import { wordsOf } from './words-of.js';

const SHOWN = 50;
const MISSES_SHOWN = 200;

/**
 * All that rules did to a ticket, and why others did not; for everybody who may see the ticket. The two have pages of
 * their own, so that hundreds of rules that did not hold never hide one that acted.
 */
export async function tracePage(ctx: DeskContext): Promise<void> {
  const ticket = await findTicket(ctx.db, pathId(ctx), ctx.viewer);
  const ticketId = ticket.id;
  const before = numberIn(ctx, 'before');
  const skip = numberIn(ctx, 'skip') ?? 0;
  const [found, { misses, total }, words] = await Promise.all([
    listTraces(ctx.db, { ticketId, before, limit: SHOWN + 1 }),
    listMisses(ctx.db, { ticketId, skip, limit: MISSES_SHOWN }),
    wordsOf(ctx),
  ]);
  const traces = found.slice(0, SHOWN);
  const url = `/desk/routing/tickets/${ticketId}`;
  await ctx.render(
    'routing/trace-page',
    {
      ticketUrl: `/desk/tickets/${ticketId}`,
      number: ticket.number,
      subject: ticket.subject,
      isEmpty: found.length + total === 0 && before === undefined,
      traces: traces.map((trace) => presentTrace(trace, words)),
      older: {
        prevUrl: before === undefined ? undefined : url,
        nextUrl: found.length > SHOWN ? `${url}?before=${traces.at(-1)?.id}` : undefined,
      },
      misses: misses.map((miss) => presentTrace(miss, words)),
      more: {
        prevUrl: skip > 0 ? `${url}#missed` : undefined,
        nextUrl: total > skip + MISSES_SHOWN ? `${url}?skip=${skip + MISSES_SHOWN}#missed` : undefined,
      },
    },
    { page: { styles: ['routing/routing.css'] } },
  );
}

function numberIn({ query }: DeskContext, name: string): number | undefined {
  const text = query[name] ?? '';
  return /^[1-9]\d{0,14}$/.test(text) ? Number(text) : undefined;
}
