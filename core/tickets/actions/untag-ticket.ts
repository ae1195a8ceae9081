import type { App } from '../../database/app.js';
import { change } from '../../database/change.js';
import type { Actor } from '../../hooks/catalogue.js';

export interface UntagTicket {
  ticketId: number;
  tagId: number;
  actor: Actor;
}

/** Take a tag off a ticket. */
export async function untagTicket(app: App, { ticketId, tagId, actor }: UntagTicket): Promise<void> {
  await change(app, async ({ trx, announce }) => {
    const taken = await trx('ticket_tags').where({ ticketId, tagId }).delete();
    if (taken > 0) announce('ticket.untagged', { ticketId, tagId, actor });
  });
}
