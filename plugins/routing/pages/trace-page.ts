import { findTicket, type DeskContext } from '@helpdesk/core';
import { listTraces } from '../run/trace.js';
import { pathId } from './path-id.js';
import { presentTrace } from './present-trace.js';
import { wordsOf } from './words-of.js';

const SHOWN = 200;

/** All that rules did to a ticket, and why others did not; for everybody who may see the ticket. */
export async function tracePage(ctx: DeskContext): Promise<void> {
  const ticket = await findTicket(ctx.db, pathId(ctx), ctx.viewer);
  const [traces, words] = await Promise.all([
    listTraces(ctx.db, { ticketId: ticket.id, limit: SHOWN }),
    wordsOf(ctx),
  ]);
  await ctx.render(
    'routing/trace-page',
    {
      ticketUrl: `/desk/tickets/${ticket.id}`,
      number: ticket.number,
      subject: ticket.subject,
      traces: traces.map((trace) => presentTrace(trace, words)),
    },
    { page: { styles: ['routing/routing.css'] } },
  );
}
