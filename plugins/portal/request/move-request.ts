import { errors, isError, reopenTicket, solveTicket, type VisitorContext } from '@helpdesk/core';
import { standingOf } from '../requests/standing.js';
import { canReopen } from './can-reopen.js';
import { ownTicketOf } from './ticket-of.js';

/** "It is solved": the customer has what they came for. */
export async function solveRequest(ctx: VisitorContext): Promise<void> {
  const { id: ticketId, number, category } = await ownTicketOf(ctx);
  try {
    if (standingOf(category) !== 'solved') await solveTicket(ctx.app, { ticketId, actor: ctx.actor });
    ctx.flash({ text: ctx.t('portal.request.solved'), tone: 'ok' });
  } catch (error) {
    // A plugin's reason is written for the team.
    if (!isError(error, 'ACTION_REFUSED')) throw error;
    ctx.flash({ text: ctx.t('portal.request.notSolved'), tone: 'warn' });
  }
  ctx.redirect(`/requests/${number}`);
}

/** "It is not solved after all." */
export async function reopenRequest(ctx: VisitorContext): Promise<void> {
  const ticket = await ownTicketOf(ctx);
  const { id: ticketId, number, category } = ticket;
  if (!canReopen(ctx, ticket)) throw errors.TICKET_UNKNOWN();
  if (standingOf(category) === 'solved') await reopenTicket(ctx.app, { ticketId, actor: ctx.actor });
  ctx.flash({ text: ctx.t('portal.request.reopened'), tone: 'ok' });
  ctx.redirect(`/requests/${number}`);
}
