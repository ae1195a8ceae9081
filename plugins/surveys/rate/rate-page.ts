import { errors, findVisitorTicket, ticked, type TicketRecord, type VisitorContext } from '@helpdesk/core';
import { z } from 'zod';
import type { Inviter } from '../invite/inviter.js';
import { readScore } from '../kinds/kind.js';
import { findOffer } from './find-offer.js';
import { saveRating } from './save-rating.js';

const COMMENT_MOST = 5000;
const Rating = z.object({
  score: z.string().max(10).optional(),
  comment: z.string().max(COMMENT_MOST, 'core.form.tooLong').default(''),
  mayContact: ticked(),
});

/** The owner of a request says how it was; there is nothing to rate for anybody else. @throws TICKET_UNKNOWN */
export async function takeRating(ctx: VisitorContext, inviter: Inviter): Promise<void> {
  const ticket = await ownTicketOf(ctx);
  const offer = await findOffer(inviter, ticket);
  if (!offer) throw errors.TICKET_UNKNOWN();
  const { score: typed, comment, mayContact } = await ctx.form(Rating);
  const { survey, until } = offer;
  const score = readScore(survey.kind, typed);
  const isOpen = until > ctx.now.toISOString();
  const { language } = ctx;
  const isKept =
    isOpen &&
    score !== undefined &&
    (await saveRating(inviter, { survey, ticket, language, score, comment: comment.trim(), mayContact }));
  if (isKept) ctx.flash({ text: survey.definition.thanks[language], tone: 'ok' });
  else if (isOpen && score === undefined) ctx.flash({ text: ctx.t('surveys.page.choose'), tone: 'warn' });
  else ctx.flash({ text: ctx.t('surveys.page.expired'), tone: 'warn' });
  ctx.redirect(`/requests/${ticket.number}#rate`);
}

async function ownTicketOf({ db, visitor, contactId, params }: VisitorContext): Promise<TicketRecord> {
  const { number = '' } = params;
  if (!/^\d{1,15}$/.test(number)) throw errors.TICKET_UNKNOWN();
  const ticket = await findVisitorTicket(db, { visitor, number: Number(number) });
  if (ticket.contactId !== contactId) throw errors.TICKET_UNKNOWN();
  return ticket;
}
