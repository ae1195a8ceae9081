import type { VisitorContext } from '@helpdesk/core';
import { readThread } from './read-thread.js';
import { ticketOf } from './ticket-of.js';

/** What a script asks now and then while the page is looked at: 204 when all that there is stands on it. */
export async function newsPart(ctx: VisitorContext): Promise<void> {
  const { present, ...thread } = await readThread(ctx, await ticketOf(ctx));
  if (thread.have === ctx.query['have']) return ctx.noContent();
  const { state, have, newsUrl } = thread;
  await ctx.renderPartial('portal/news', { state, have, newsUrl, messages: present() });
}
