import { isDone, type TicketRecord } from '@helpdesk/core';
import type { Knex } from 'knex';
import type { SurveyRecord } from '../surveys/survey.js';
import { countReplies } from './plan-invitation.js';

/** Whether what a survey asks after is the case now. */
export async function stillHolds(
  db: Knex,
  { survey, ticket }: { survey: SurveyRecord; ticket: TicketRecord },
): Promise<boolean> {
  const { trigger, replies } = survey.definition;
  if (trigger === 'solved') return isDone(ticket.category);
  if (trigger === 'closed') return ticket.category === 'closed';
  return (await countReplies(db, ticket.id)) >= replies;
}
