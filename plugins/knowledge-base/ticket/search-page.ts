import { can, type DeskContext } from '@helpdesk/core';
import { pathId } from '../desk/place.js';
import { searchArticles } from '../search/search-articles.js';
import { suggestArticles } from '../search/suggest-articles.js';
import { presentArticles } from './present-articles.js';
import { readTicket } from './read-ticket.js';

const SHOWN = 8;

/** Articles for one ticket: what was searched for, else what suits it. A script asks for the list alone. */
export async function ticketSearchPage(ctx: DeskContext): Promise<void> {
  const { app, viewer } = ctx;
  const ticketId = pathId(ctx);
  const asked = await readTicket(app, { ticketId, viewer, otherwise: ctx.language });
  const query = (ctx.query['q'] ?? '').trim().slice(0, 200);
  const found =
    query === ''
      ? await suggestArticles(app, { ...asked, scope: null })
      : (await searchArticles(app, { query, language: asked.language, scope: null, limit: SHOWN })).found;
  const data = {
    canInsert: can(viewer, 'tickets.reply') || can(viewer, 'tickets.note'),
    articles: presentArticles(app, ticketId, found),
    hasAsked: query !== '',
  };
  if (ctx.wantsFragment) return ctx.renderPartial('knowledge-base/ticket-articles', data);
  await ctx.render(
    'knowledge-base/ticket-search',
    { ...data, query, subject: asked.subject, backUrl: `/desk/tickets/${ticketId}`, isAlone: true },
    { page: { styles: ['knowledge-base/articles.css', 'knowledge-base/panel.css'] } },
  );
}
