import type { App } from '../../database/app.js';
import { change, type Change } from '../../database/change.js';
import { fold } from '../../database/search/words.js';
import { errors } from '../../errors/errors.js';
import type { Actor } from '../../hooks/catalogue.js';
import { findTicket } from '../queries/find-ticket.js';

export interface TagTicket {
  ticketId: number;
  tag: string;
  actor: Actor;
}

/** Put a tag on a ticket, making the tag when it is new. @throws INPUT_INVALID when it is empty */
export async function tagTicket(app: App, { ticketId, tag, actor }: TagTicket): Promise<void> {
  const name = tag.trim().replace(/\s+/g, ' ').slice(0, 50);
  if (name === '') throw errors.INPUT_INVALID({ because: 'a tag needs a name' });
  await findTicket(app.db, ticketId);
  await change(app, async (step) => {
    const tagId = await findOrMakeTag(step, name);
    const [added] = await step
      .trx('ticket_tags')
      .insert({ ticketId, tagId })
      .onConflict(['ticketId', 'tagId'])
      .ignore()
      .returning<{ tagId: number }[]>('tagId');
    if (added) step.announce('ticket.tagged', { ticketId, tagId, actor });
  });
}

async function findOrMakeTag({ trx }: Change, name: string): Promise<number> {
  const [row] = await trx('tags')
    .insert({ name, normalised: fold(name) })
    .onConflict('normalised')
    .merge({ normalised: fold(name) })
    .returning<{ id: number }[]>('id');
  return (row as { id: number }).id;
}
