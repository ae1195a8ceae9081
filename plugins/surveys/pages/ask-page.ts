import { findContact, ticked, type DeskContext } from '@helpdesk/core';
import { z } from 'zod';
import { resubscribe, unsubscribe } from '../answer/unsubscribe.js';
import { pathId } from './path-id.js';

/** Whether a contact is asked: what the customer can say by a link, said for them on the phone. */
export async function askPage(ctx: DeskContext): Promise<void> {
  const { id: contactId } = await findContact(ctx.db, pathId(ctx));
  const { ask } = await ctx.form(z.object({ ask: ticked() }));
  const { actor } = ctx;
  await (ask ? resubscribe(ctx.app, { contactId, actor }) : unsubscribe(ctx.app, { contactId, actor }));
  ctx.flash({ text: ctx.t(ask ? 'surveys.panel.asksAgain' : 'surveys.panel.asksNoMore') });
  ctx.redirect(`/desk/contacts/${contactId}`);
}
