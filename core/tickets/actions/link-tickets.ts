import type { App } from '../../database/app.js';
import { change } from '../../database/change.js';
import type { Actor } from '../../hooks/catalogue.js';
import { findTicket } from '../queries/find-ticket.js';
import type { TicketViewer } from '../seen-by.js';

export interface LinkTickets {
  ticketId: number;
  toTicketId: number;
  kind?: string;
  /** Both tickets must be visible to whoever links them. */
  viewer?: TicketViewer;
  actor: Actor;
}

/** Say that two tickets have to do with each other. @throws TICKET_UNKNOWN */
export async function linkTickets(app: App, input: LinkTickets): Promise<void> {
  const { ticketId, toTicketId, kind = 'related', viewer, actor } = input;
  if (ticketId === toTicketId) return;
  await findTicket(app.db, ticketId, viewer);
  await findTicket(app.db, toTicketId, viewer);
  await change(app, async ({ trx, at, announce }) => {
    const [added] = await trx('ticket_links')
      .insert({ fromTicketId: ticketId, toTicketId, kind, createdAt: at })
      .onConflict(['fromTicketId', 'toTicketId', 'kind'])
      .ignore()
      .returning<{ id: number }[]>('id');
    if (added) announce('ticket.linked', { ticketId, toTicketId, link: kind, actor });
  });
}
