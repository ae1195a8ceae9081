import { createHash } from 'node:crypto';
import {
  readVisitorTimeline,
  type TicketRecord,
  type VisitorContext,
  type VisitorTimeline,
} from '@helpdesk/core';
import { presentStanding } from '../requests/standing.js';
import { presentThread } from './present-thread.js';

/** What was said, whose move it is, and `have`, which differs when anything of it does. */
export async function readThread(ctx: VisitorContext, ticket: TicketRecord, before?: number) {
  const { id: ticketId, number, category } = ticket;
  const page = before === undefined ? {} : { before };
  const timeline = await readVisitorTimeline(ctx.db, { ticketId, now: ctx.now, ...page });
  return {
    state: presentStanding(ctx, category),
    have: markOf(ticket, timeline),
    newsUrl: before === undefined ? `/requests/${number}/news` : undefined,
    timeline,
    /** As the page prints them; not read where nothing is new. */
    present: () => presentThread(ctx, timeline),
  };
}

function markOf({ category }: TicketRecord, { messages }: VisitorTimeline): string {
  const said = messages.map(({ id, text, isDeleted }) => [id, text, isDeleted]);
  return createHash('sha256')
    .update(JSON.stringify([category, said]))
    .digest('base64url')
    .slice(0, 16);
}
