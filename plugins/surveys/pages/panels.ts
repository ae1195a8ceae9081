import { can, seenBy, type HostApp, type Viewer } from '@helpdesk/core';
import { findInvitation, type InvitationRecord } from '../invite/invitation.js';
import { languageOf } from './language-of.js';
import { presentScore } from './present-answer.js';

const SHOWN = 5;

/** Beside a ticket: what the customer answered, or what became of asking. */
export async function loadTicketPanel(
  app: HostApp,
  { ticketId, viewer }: { ticketId: number; viewer: Viewer | null },
) {
  const invitation = await findInvitation(app.db, { ticketId });
  if (!invitation || !viewer) return undefined;
  const language = await languageOf(app, viewer);
  const t = (key: string, values?: Readonly<Record<string, unknown>>) => app.t(language, key, values);
  const { kind, score, comment, state, reason, answeredAt, sentAt, dueAt, followUpId } = invitation;
  if (score === null)
    return {
      words: t(`surveys.state.${state}`),
      at: state === 'sent' ? sentAt : state === 'waiting' ? dueAt : undefined,
      reason: reason === null ? undefined : t(`surveys.reason.${reason}`),
    };
  return {
    score: presentScore({ kind, score }, t),
    at: answeredAt,
    comment,
    mayContact: invitation.mayContact === 1,
    followUpUrl: followUpId === null ? undefined : `/desk/tickets/${followUpId}`,
  };
}

type Answered = Pick<InvitationRecord, 'kind' | 'score' | 'comment' | 'answeredAt' | 'ticketId'> & {
  readonly number: number;
};

/** Beside a contact: the newest answers on tickets that the viewer may see, and whether they want to be asked. */
export async function loadContactPanel(
  app: HostApp,
  { contactId, viewer }: { contactId: number; viewer: Viewer | null },
) {
  if (!viewer) return undefined;
  const [answers, optout] = await Promise.all([
    app
      .db('surveys_invitations')
      .join('tickets', 'tickets.id', 'surveys_invitations.ticketId')
      .where('surveys_invitations.contactId', contactId)
      .whereNotNull('score')
      .modify((query) => seenBy(query, viewer))
      .orderBy('surveys_invitations.answeredAt', 'desc')
      .limit(SHOWN)
      .select<Answered[]>('kind', 'score', 'comment', 'answeredAt', 'ticketId', 'number'),
    app.db('surveys_optouts').where({ contactId }).first('at') as Promise<{ at: string } | undefined>,
  ]);
  const language = await languageOf(app, viewer);
  const t = (key: string, values?: Readonly<Record<string, unknown>>) => app.t(language, key, values);
  const canManage = can(viewer, 'surveys.manage');
  if (answers.length === 0 && !optout && !canManage) return undefined;
  return {
    isOut: optout !== undefined,
    outSince: optout?.at,
    askUrl: canManage ? `/desk/surveys/contacts/${contactId}/ask` : undefined,
    answers: answers.map(({ kind, score, comment, answeredAt, ticketId, number }) => ({
      ...presentScore({ kind, score: score ?? 0 }, t),
      comment,
      at: answeredAt,
      number,
      href: `/desk/tickets/${ticketId}`,
    })),
  };
}
