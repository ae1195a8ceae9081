import {
  change,
  findTicket,
  linkTickets,
  noteOnTicket,
  openTicket,
  type Actor,
  type HostApp,
  type TicketRecord,
  type Toolbox,
} from '@helpdesk/core';
import { findInvitation, type InvitationRecord } from '../invite/invitation.js';
import { scaleOf } from '../kinds/kind.js';
import { findSurvey } from '../surveys/list-surveys.js';
import type { SurveyRecord } from '../surveys/survey.js';
import { whoIsTold } from './who-is-told.js';
import { quoteComment } from './quote-comment.js';
import '../survey-hooks.js';

type Follow = Toolbox<unknown, unknown, unknown, unknown, never>['follow'];
interface Answered {
  readonly invitationId: number;
  readonly revision: number;
  readonly isBad: boolean;
}
interface Case {
  readonly invitation: InvitationRecord;
  readonly survey: SurveyRecord;
  readonly ticket: TicketRecord;
}

const actor: Actor = { kind: 'plugin', id: 'surveys' };
const HIGH = 3;

/** An answer becomes a note on its ticket; a bad one tells people and opens a ticket, both once. */
export function followAnswers(follow: Follow, app: HostApp): void {
  follow({ 'surveys.answered': (answered) => react(app, answered) }, { name: 'answers' });
}

async function react(app: HostApp, { invitationId, revision, isBad }: Answered): Promise<void> {
  const invitation = await findInvitation(app.db, { id: invitationId });
  // An older answer than the one that is there has its own event behind it.
  if (!invitation || invitation.score === null || invitation.answers !== revision) return;
  const [survey, ticket] = await Promise.all([
    findSurvey(app.db, invitation.surveyId),
    findTicket(app.db, invitation.ticketId),
  ]);
  const found = { invitation, survey, ticket };
  const { isAlerting, opensFollowUp } = survey.definition;
  await writeNote(app, found, isBad && isAlerting && invitation.alertedAt === null);
  if (isBad && opensFollowUp && invitation.followUpId === null) await openFollowUp(app, found);
}

async function writeNote(app: HostApp, { invitation, survey, ticket }: Case, isAlert: boolean) {
  const { id, answers, comment } = invitation;
  const mentioned = isAlert ? await whoIsTold(app, ticket) : [];
  const words = [scoreLine(app, { invitation, survey }), quoteComment(comment), permission(app, invitation)];
  await noteOnTicket(app, {
    ticketId: ticket.id,
    agentId: null,
    text: words.filter(Boolean).join('\n\n'),
    mentioned,
    idempotencyKey: `surveys:note:${id}:${answers}`,
    actor,
  });
  if (isAlert)
    await change(app, ({ trx, at }) =>
      trx('surveys_invitations').where({ id }).whereNull('alertedAt').update({ alertedAt: at }),
    );
}

async function openFollowUp(app: HostApp, { invitation, survey, ticket }: Case): Promise<void> {
  const { language } = app.company;
  const { lineId, teamId, assigneeId, contactId, membershipId, type, channel, number, subject } = ticket;
  const text = [scoreLine(app, { invitation, survey }), invitation.comment, permission(app, invitation)];
  const { ticketId } = await openTicket(app, {
    subject: app.t(language, 'surveys.followUp.subject', { number, subject }),
    contactId,
    lineId,
    teamId,
    assigneeId,
    membershipId,
    type,
    priority: HIGH,
    text: text.filter(Boolean).join('\n\n'),
    agentId: null,
    first: { kind: 'heard', channel },
    idempotencyKey: `surveys:follow-up:${invitation.id}`,
    actor,
  });
  await linkTickets(app, { ticketId, toTicketId: ticket.id, kind: 'related', actor });
  await change(app, ({ trx }) =>
    trx('surveys_invitations').where({ id: invitation.id }).update({ followUpId: ticketId }),
  );
}

/** "Survey “After solving”: 2 of 5." in the language of the company; notes are read by everybody. */
function scoreLine(app: HostApp, { invitation, survey }: Pick<Case, 'invitation' | 'survey'>): string {
  const { score, kind, answers } = invitation;
  const key = answers > 1 ? 'surveys.note.changed' : 'surveys.note.answered';
  return app.t(app.company.language, key, { survey: survey.name, score, most: scaleOf(kind).max });
}

const permission = (app: HostApp, { mayContact }: InvitationRecord) =>
  mayContact === 1 ? app.t(app.company.language, 'surveys.note.mayContact') : '';
