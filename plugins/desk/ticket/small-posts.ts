import {
  cancelMessage,
  errors,
  findMessage,
  findTicket,
  listDrafts,
  many,
  retryDelivery,
  saveDraft,
  type DeskContext,
} from '@helpdesk/core';
import { z } from 'zod';
import { presence } from '../inbox/presence.js';
import { companyLists } from './company-lists.js';
import { presentCompany } from './show-ticket.js';
import { findKept } from './kept-files.js';
import { readAddresses } from './read-addresses.js';
import { idOf, ticketOf } from './ticket-of.js';

const Draft = z.object({
  via: z.string().max(100).default(''),
  body: z.string().max(100_000).default(''),
  to: z.string().max(320).default(''),
  cc: many(z.string().max(2000)),
  keepFile: many(z.string().max(64)),
});

/** What is being written, kept two seconds after typing stops. */
export async function keepDraft(ctx: DeskContext): Promise<void> {
  const ticket = await ticketOf(ctx);
  const { via, body, to, cc, keepFile } = await ctx.form(Draft);
  const mode = via === 'note' ? 'note' : 'reply';
  mayWrite(ctx, mode);
  const people = (text: string) =>
    readAddresses(text).right.map((value) => ({ name: '', kind: 'email', value }));
  await saveDraft(ctx.app, {
    agentId: ctx.agent.id,
    ticketId: ticket.id,
    mode,
    text: body,
    ...(mode === 'reply' ? { participants: { to: people(to), cc: people(cc.join(' ')) } } : {}),
    uploads: (await findKept(ctx, keepFile)).map(({ id }) => id),
  });
  presence(ctx.app).note({
    ticketId: ticket.id,
    agentId: ctx.agent.id,
    name: ctx.agent.name,
    state: mode === 'reply' && body.trim() !== '' ? 'replying' : 'viewing',
    at: ctx.now,
  });
  ctx.noContent();
}

function mayWrite(ctx: DeskContext, mode: 'reply' | 'note'): void {
  const permission = mode === 'note' ? 'tickets.note' : 'tickets.reply';
  if (!ctx.can(permission)) throw errors.PERMISSION_MISSING({ permission });
}

/** Takes an answer back while it is held; its text is the draft again. */
export async function undoMessage(ctx: DeskContext): Promise<void> {
  const message = await findMessage(ctx.db, idOf(ctx.params['id']), ctx.viewer);
  const undone = await cancelMessage(ctx.app, {
    messageId: message.id,
    agentId: ctx.agent.id,
    actor: ctx.actor,
  });
  ctx.flash(
    undone
      ? { text: ctx.t('desk.ticket.undone'), tone: 'ok' }
      : { text: ctx.t('desk.ticket.tooLate'), tone: 'warn' },
  );
  ctx.redirect(`/desk/tickets/${message.ticketId}#composer`);
}

/** Tries a failed or uncertain delivery again. */
export async function retryNow(ctx: DeskContext): Promise<void> {
  const deliveryId = idOf(ctx.params['id']);
  const delivery: { ticketId: number } | undefined = await ctx
    .db('deliveries')
    .where({ id: deliveryId })
    .first('ticketId');
  if (!delivery) throw errors.MESSAGE_UNKNOWN();
  const ticket = await findTicket(ctx.db, delivery.ticketId, ctx.viewer);
  await retryDelivery(ctx.app, { deliveryId, actor: ctx.actor });
  ctx.redirect(`/desk/tickets/${ticket.id}`);
}

const State = z.object({ state: z.enum(['viewing', 'replying', 'left']).default('viewing') });

/** Says that somebody is here, and answers who else is. */
export async function notePresence(ctx: DeskContext): Promise<void> {
  const ticket = await ticketOf(ctx);
  const { state } = await ctx.form(State);
  const { agent } = ctx;
  if (state === 'replying') mayWrite(ctx, 'reply');
  if (state === 'left') presence(ctx.app).leave(ticket.id, agent.id);
  else
    presence(ctx.app).note({ ticketId: ticket.id, agentId: agent.id, name: agent.name, state, at: ctx.now });
  await showPresence(ctx);
}

export async function showPresence(ctx: DeskContext): Promise<void> {
  const ticket = await ticketOf(ctx);
  const [drafts, lists] = await Promise.all([listDrafts(ctx.db, [ticket.id]), companyLists(ctx.app)]);
  await ctx.renderPartial('desk/ticket/presence', presentCompany(ctx, ticket, { drafts, lists }));
}
