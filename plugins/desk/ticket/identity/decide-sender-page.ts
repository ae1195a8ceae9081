import {
  decideSender,
  errors,
  findContact,
  undoSenderDecision,
  whole,
  type DeskContext,
  type TicketRecord,
} from '@helpdesk/core';
import { z } from 'zod';
import { changing } from '../change-ticket.js';
import { idOf } from '../ticket-of.js';

const Decision = z.object({
  contactId: whole().positive(),
  answer: z.enum(['yes', 'no']).default('yes'),
  keepsIdentity: z.string().optional(),
});

/** Yes or no to "did this contact write it?". The answer can be taken back from the page that follows. */
export const decideSenderPage = changing(async (ctx, base) => {
  const { contactId, answer, keepsIdentity } = await ctx.form(Decision);
  // Whoever is named here is read from another card.
  if (!ctx.can('contacts.read')) throw errors.PERMISSION_MISSING({ permission: 'contacts.read' });
  const keeps = keepsIdentity === 'true' && answer === 'yes';
  if (keeps && !ctx.can('contacts.edit')) throw errors.PERMISSION_MISSING({ permission: 'contacts.edit' });
  const { country } = ctx.app.company;
  const decided = { ...base, contactId, isSender: answer === 'yes', keepsIdentity: keeps, country };
  const after = await decideSender(ctx.app, decided);
  await tell(ctx, after, { contactId, answer });
});

async function tell(
  ctx: DeskContext,
  { id }: TicketRecord,
  { contactId, answer }: { contactId: number; answer: 'yes' | 'no' },
): Promise<void> {
  const [event]: { id: number }[] = await ctx
    .db('events')
    .where({ ticketId: id, name: 'ticket.senderDecided' })
    .orderBy('id', 'desc')
    .limit(1)
    .select('id');
  const { name } = await findContact(ctx.db, contactId);
  const undo = event && { url: `/desk/tickets/${id}/sender/${event.id}/undo` };
  ctx.flash({ text: ctx.t(`desk.sender.done.${answer}`, { name }), ...(undo ? { undo } : {}) });
}

/** Asks again what was answered by mistake. */
export const undoSenderPage = changing(async (ctx, base) => {
  await undoSenderDecision(ctx.app, { ...base, eventId: idOf(ctx.params['eventId']) });
  ctx.flash({ text: ctx.t('desk.sender.undone') });
});
