import { findTicket } from '@helpdesk/core';
// Where it stands on the pages of customers.
import '@helpdesk/plugin-portal/contract';
import { presentSheet, sayIn } from '../answer/present-page.js';
import type { Inviter } from '../invite/inviter.js';
import { findOffer } from './find-offer.js';

interface At {
  readonly ticketId: number;
  /** Whoever looks. */
  readonly contactId: number;
  readonly language: 'ru' | 'en';
}

/** On the page of a request that is done, for its owner: how it was; one click answers, then words may be added. */
export async function loadPortalPanel(inviter: Inviter, { ticketId, contactId, language }: At) {
  const { app } = inviter;
  const ticket = await findTicket(app.db, ticketId);
  if (ticket.contactId !== contactId) return undefined;
  const offer = await findOffer(inviter, ticket);
  if (!offer) return undefined;
  const { survey, answered, until } = offer;
  const isOpen = until > app.now().toISOString();
  if (!isOpen && !answered) return undefined;
  const say = sayIn(app, language);
  const { kind, definition } = survey;
  const { score = null, comment = '', mayContact = 0 } = answered ?? {};
  const sheet = presentSheet({
    say,
    kind,
    question: definition.question[language],
    score: score ?? undefined,
    comment,
    mayContact: mayContact === 1,
    ticket,
  });
  return {
    ...sheet,
    action: isOpen ? `/surveys/requests/${ticket.number}` : undefined,
    given: sheet.scores.find(({ isChosen }) => isChosen)?.label,
    hasComment: comment !== '',
  };
}
