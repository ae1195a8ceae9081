import {
  changeTicketContact,
  errors,
  findTicket,
  linkTickets,
  seenBy,
  whole,
  type DeskContext,
  type TicketRecord,
} from '@helpdesk/core';
import { z } from 'zod';
import { changing } from './change-ticket.js';
import { findContacts } from './new-ticket-form.js';
import { idOf, ticketOf, withView } from './ticket-of.js';

/** What is seldom changed: the tickets it is linked with, and whose it is. */
export async function editTicketPage(ctx: DeskContext): Promise<void> {
  await show(ctx, await ticketOf(ctx), {});
}

/** Links with the ticket of a number, if the agent may see both. */
export async function linkByNumber(ctx: DeskContext): Promise<void> {
  const ticket = await ticketOf(ctx);
  const typed = (await ctx.typed())['number'] ?? '';
  const other = await findByNumber(ctx, typed.replace(/^\s*[#№]?\s*/, '').trim());
  if (!other || other === ticket.id)
    return show(ctx, ticket, { number: typed.slice(0, 20), isUnknown: true });
  await linkTickets(ctx.app, {
    ticketId: ticket.id,
    toTicketId: other,
    viewer: ctx.viewer,
    actor: ctx.actor,
  });
  ctx.flash({ text: ctx.t('desk.ticketEdit.linked') });
  ctx.redirect(withView(ctx, `/desk/tickets/${ticket.id}`));
}

export const changeContact = changing(async (ctx, base) => {
  const { contactId } = await ctx.form(z.object({ contactId: whole().positive() }));
  return changeTicketContact(ctx.app, { ...base, contactId });
});

/** `/desk/tickets/number/4821`: people say numbers, addresses hold ids. */
export async function openByNumber(ctx: DeskContext): Promise<void> {
  const id = await findByNumber(ctx, ctx.params['number'] ?? '');
  if (id === undefined) throw errors.TICKET_UNKNOWN();
  const ticket = await findTicket(ctx.db, id, ctx.viewer);
  ctx.redirect(`/desk/tickets/${ticket.id}`);
}

async function findByNumber({ db, viewer }: DeskContext, text: string): Promise<number | undefined> {
  if (!/^\d{1,12}$/.test(text)) return undefined;
  const rows = db('tickets').where('tickets.number', idOf(text)).select<{ id: number }[]>('tickets.id');
  seenBy(rows, viewer);
  return (await rows)[0]?.id;
}

async function show(
  ctx: DeskContext,
  ticket: TicketRecord,
  { number, isUnknown = false }: { number?: string; isUnknown?: boolean },
): Promise<void> {
  const who = (ctx.query['q'] ?? '').trim().slice(0, 200);
  const base = `/desk/tickets/${ticket.id}`;
  await ctx.render(
    'desk/ticket-edit',
    {
      ticket: { number: ticket.number, subject: ticket.subject, version: ticket.version },
      backUrl: withView(ctx, base),
      linkUrl: withView(ctx, `${base}/link`),
      contactUrl: withView(ctx, `${base}/contact`),
      findUrl: `${base}/edit`,
      number,
      numberError: isUnknown ? ctx.t('desk.ticketEdit.unknownNumber') : undefined,
      who,
      found: await findContacts(ctx, who, null),
    },
    { status: isUnknown ? 422 : 200 },
  );
}
