import { change, findTicket, holdContact, type TicketRecord } from '@helpdesk/core';
import type { Knex } from 'knex';
import { listSurveys } from '../surveys/list-surveys.js';
import type { SurveyRecord, Trigger } from '../surveys/survey.js';
import { addBusinessHours, addHours } from './business-hours.js';
import { chooseSurvey } from './choose-survey.js';
import { customerLanguage } from './customer-language.js';
import type { Inviter } from './inviter.js';

/** Notes that a customer is to be asked, when the delay is over. A ticket that was asked about, or will be, is left alone. */
export async function planInvitation(
  inviter: Inviter,
  { ticketId, trigger, at }: { ticketId: number; trigger: Trigger; at: Date },
): Promise<void> {
  const { app, services } = inviter;
  const surveys = (await listSurveys(app.db)).filter(
    ({ isOn, definition }) => isOn && definition.trigger === trigger,
  );
  if (surveys.length === 0) return;
  const ticket = await findTicket(app.db, ticketId);
  const [language, replies, segments] = await Promise.all([
    customerLanguage(app, { ticketId, contactId: ticket.contactId }),
    countReplies(app.db, ticketId),
    services.segments?.segmentsOfTickets([ticketId]),
  ]);
  const segmentId = segments?.get(ticketId)?.id ?? null;
  const survey = chooseSurvey(surveys, { trigger, ticket, language, segmentId, replies });
  if (survey) await keep(inviter, { survey, ticket, language, dueAt: dueAt(inviter, survey, at) });
}

/** Answers of people that were not taken back. */
export async function countReplies(db: Knex, ticketId: number): Promise<number> {
  const [row] = await db('messages')
    .where({ ticketId, kind: 'outgoing' })
    .whereNotNull('agentId')
    .whereNull('cancelledAt')
    .count<{ n: number }[]>({ n: '*' });
  return Number(row?.n ?? 0);
}

function dueAt({ app, settings }: Inviter, { definition }: SurveyRecord, at: Date): string {
  const { delayHours, delayKind } = definition;
  const due =
    delayKind === 'business'
      ? addBusinessHours(at, delayHours, { ...settings(), timeZone: app.company.timeZone })
      : addHours(at, delayHours);
  return due.toISOString();
}

async function keep(
  { app }: Inviter,
  planned: { survey: SurveyRecord; ticket: TicketRecord; language: string; dueAt: string },
): Promise<void> {
  const { survey, ticket, language } = planned;
  await change(app, async (step) => {
    const contactId = await holdContact(step, ticket.contactId);
    const row = {
      surveyId: survey.id,
      kind: survey.kind,
      contactId,
      language,
      dueAt: planned.dueAt,
      state: 'waiting',
      reason: null,
    };
    const table = () => step.trx('surveys_invitations');
    await table()
      .insert({ ...row, ticketId: ticket.id })
      .onConflict('ticketId')
      .ignore();
    // Solved once more: what was called off when it was reopened is asked after all.
    await table().where({ ticketId: ticket.id, state: 'cancelled' }).update(row);
  });
}
