import { change, holdContact, type Change, type TicketRecord } from '@helpdesk/core';
import { keepAnswer } from '../answer/save-answer.js';
import { addHours } from '../invite/business-hours.js';
import { findInvitation, type InvitationRecord } from '../invite/invitation.js';
import type { Inviter } from '../invite/inviter.js';
import { readFacts } from '../invite/read-facts.js';
import type { SurveyRecord } from '../surveys/survey.js';

export interface SaveRating {
  readonly survey: SurveyRecord;
  readonly ticket: TicketRecord;
  readonly language: 'ru' | 'en';
  readonly score: number;
  readonly comment: string;
  readonly mayContact: boolean;
}

type Facts = Awaited<ReturnType<typeof readFacts>>;

/**
 * Keeps what a customer says of a request without having been asked by mail; a letter that waits does not leave. It counts
 * like an answer to one. @returns false when it is too late
 */
export async function saveRating(inviter: Inviter, input: SaveRating): Promise<boolean> {
  const facts = await readFacts(inviter, input.ticket);
  return change(inviter.app, async (step) => {
    const { id, surveyId } = await openInvitation(step, { ...input, facts });
    // It was asked by another survey in the meantime, whose scores are others.
    if (surveyId !== input.survey.id) return false;
    const { score, comment, mayContact, survey } = input;
    const { threshold } = survey.definition;
    return keepAnswer(step, { invitationId: id, score, comment, mayContact, threshold, door: 'portal' });
  });
}

const DAY_HOURS = 24;

/** The one invitation of the ticket, as if it had been sent now unless it was. */
async function openInvitation(
  step: Change,
  { survey, ticket, language, facts }: SaveRating & { facts: Facts },
): Promise<InvitationRecord> {
  const { trx, at } = step;
  const { id: surveyId, kind, definition } = survey;
  const contactId = await holdContact(step, ticket.contactId);
  const expiresAt = addHours(new Date(at), definition.validDays * DAY_HOURS).toISOString();
  const sent = {
    surveyId,
    kind,
    contactId,
    language,
    state: 'sent',
    reason: null,
    sentAt: at,
    expiresAt,
    ...facts,
  };
  const table = () => trx('surveys_invitations');
  await table()
    .insert({ ...sent, ticketId: ticket.id, dueAt: at })
    .onConflict('ticketId')
    .ignore();
  await table().where({ ticketId: ticket.id }).whereNot({ state: 'sent' }).update(sent);
  const invitation = await findInvitation(trx, { ticketId: ticket.id });
  if (!invitation) throw new Error(`ticket ${ticket.id} has no invitation`);
  return invitation;
}
