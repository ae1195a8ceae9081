import { can, type HostApp, type Viewer } from '@helpdesk/core';
import type { Language } from '../articles/article.js';
import { BASE } from '../desk/place.js';
import { suggestArticles } from '../search/suggest-articles.js';
import { presentArticles } from './present-articles.js';
import { readTicket } from './read-ticket.js';

/** Beside a ticket: the articles nearest to what the customer wrote, and a search. */
export async function loadPanel(
  app: HostApp,
  { ticketId, viewer, language }: { ticketId: number; viewer: Viewer | null; language: Language },
) {
  if (!viewer) return undefined;
  const asked = await readTicket(app, { ticketId, viewer, otherwise: language });
  const found = await suggestArticles(app, { ...asked, scope: null });
  return {
    canInsert: can(viewer, 'tickets.reply') || can(viewer, 'tickets.note'),
    searchUrl: `${BASE}/tickets/${ticketId}`,
    articles: presentArticles(app, ticketId, found),
  };
}
