import { isDone, type TicketRecord } from '@helpdesk/core';
import { addHours } from '../invite/business-hours.js';
import { isAbout } from '../invite/choose-survey.js';
import { customerLanguage } from '../invite/customer-language.js';
import { findInvitation, type InvitationRecord } from '../invite/invitation.js';
import type { Inviter } from '../invite/inviter.js';
import { stillHolds } from '../invite/still-holds.js';
import { findSurvey, listSurveys } from '../surveys/list-surveys.js';
import type { SurveyRecord } from '../surveys/survey.js';

/** The question that the owner of a request answers on its page. */
export interface Offer {
  readonly survey: SurveyRecord;
  /** What was answered so far, if anything. */
  readonly answered: InvitationRecord | undefined;
  /** Until when it is taken. */
  readonly until: string;
}

const DAY_HOURS = 24;

/**
 * What a request that is done is rated by: the question that was sent, as long as its link is good; else the first
 * satisfaction survey that asks about such requests. None: nothing is asked, neither where another question is to be mailed.
 */
export async function findOffer(inviter: Inviter, ticket: TicketRecord): Promise<Offer | undefined> {
  const { db } = inviter.app;
  if (!isDone(ticket.category) || ticket.solvedAt === null) return undefined;
  const invitation = await findInvitation(db, { ticketId: ticket.id });
  if (invitation?.state === 'sent') {
    const survey = await findSurvey(db, invitation.surveyId);
    const answered = invitation.score === null ? undefined : invitation;
    return { survey, answered, until: invitation.expiresAt ?? '' };
  }
  if (invitation?.state === 'waiting' && invitation.kind !== 'csat') return undefined;
  const survey = await chooseFor(inviter, ticket);
  if (!survey) return undefined;
  const until = addHours(new Date(ticket.solvedAt), survey.definition.validDays * DAY_HOURS).toISOString();
  return { survey, answered: undefined, until };
}

async function chooseFor(
  { app, services }: Inviter,
  ticket: TicketRecord,
): Promise<SurveyRecord | undefined> {
  const surveys = (await listSurveys(app.db)).filter(({ isOn, kind }) => isOn && kind === 'csat');
  if (surveys.length === 0) return undefined;
  const { id: ticketId, contactId } = ticket;
  const [language, segments] = await Promise.all([
    customerLanguage(app, { ticketId, contactId }),
    services.segments?.segmentsOfTickets([ticketId]),
  ]);
  const segmentId = segments?.get(ticketId)?.id ?? null;
  for (const survey of surveys.filter((one) => isAbout(one, { ticket, language, segmentId })))
    if (await stillHolds(app.db, { survey, ticket })) return survey;
  return undefined;
}
