import type { TestDesk } from '@helpdesk/core/testing';
import { saveSurvey } from '../../plugins/surveys/surveys/save-survey.js';
import { switchSurvey } from '../../plugins/surveys/surveys/change-survey.js';
import { actor } from './set-up-rules.js';

const DAY = 86_400_000;
/** Of ten who are asked, in the order of their tickets; null: does not answer. */
const SCORES = [5, null, 4, 5, null, 5, 2, 4, 5, 3, null, 5, 5, null, 1, 5, 4];
const COMMENTS: Readonly<Record<number, readonly string[]>> = {
  5: ['Quick and friendly, thank you!', '', 'The engineer rang before he came. Very good.', ''],
  4: ['', 'All is well now, though I had to write twice.'],
  3: ['It took longer than you said.'],
  2: ['Nobody told me that the part was not in stock.'],
  1: ['Two weeks for a refund is too long.'],
};

/**
 * A survey and what customers of the last three months answered. Written as rows: surveys ask about what happens, never about
 * history that was taken in.
 */
export async function addAnswers({ app }: TestDesk): Promise<void> {
  const definition = {
    question: { ru: 'Как вам наш ответ?', en: 'How was our answer?' },
    thanks: { ru: 'Спасибо, это поможет нам стать лучше', en: 'Thank you, this helps us to become better' },
    trigger: 'solved' as const,
    replies: 1,
    delayHours: 4,
    delayKind: 'calendar' as const,
    lineIds: [],
    types: [],
    segmentIds: [],
    languages: [],
    validDays: 14,
    threshold: 2,
    isAlerting: true,
    opensFollowUp: false,
  };
  const surveyId = await saveSurvey(app, { name: 'After each solution', kind: 'csat', definition, actor });
  await switchSurvey(app, { surveyId, isOn: true, actor });
  const since = new Date(app.now().getTime() - 92 * DAY).toISOString();
  const solved: Solved[] = await app
    .db('tickets')
    .leftJoin('routing_members', 'routing_members.contactId', 'tickets.contactId')
    .where('tickets.solvedAt', '>', since)
    .orderBy('tickets.id')
    .select('tickets.id', 'tickets.contactId', 'lineId', 'teamId', 'assigneeId', 'solvedAt', 'segmentId');
  await app.database.writer.transaction(async (trx) => {
    for (const [i, ticket] of solved.entries())
      await trx('surveys_invitations').insert(invitationOf(ticket, { surveyId, i }));
  });
}

interface Solved {
  readonly id: number;
  readonly contactId: number;
  readonly lineId: number | null;
  readonly teamId: number | null;
  readonly assigneeId: number | null;
  readonly solvedAt: string;
  readonly segmentId: number | null;
}

function invitationOf(ticket: Solved, { surveyId, i }: { surveyId: number; i: number }) {
  const { id: ticketId, contactId, lineId, teamId, assigneeId: agentId, solvedAt, segmentId } = ticket;
  const after = (hours: number) => new Date(Date.parse(solvedAt) + hours * 3_600_000).toISOString();
  const score = SCORES[i % SCORES.length] ?? null;
  const comments = COMMENTS[score ?? 0] ?? [''];
  return {
    surveyId,
    kind: 'csat',
    ticketId,
    contactId,
    state: 'sent',
    language: 'en',
    dueAt: after(4),
    sentAt: after(4),
    expiresAt: after(4 + 14 * 24),
    lineId,
    teamId,
    agentId,
    segmentId,
    hat: null,
    month: after(4).slice(0, 7),
    score,
    comment: comments[i % comments.length] ?? '',
    answers: score === null ? 0 : 1,
    answeredAt: score === null ? null : after(5 + (i % 20)),
  };
}
