import { change, type App, type Change } from '@helpdesk/core';
import type { InvitationRecord } from '../invite/invitation.js';
import '../survey-hooks.js';

export interface SaveAnswer {
  invitationId: number;
  score: number;
  comment: string;
  mayContact: boolean;
  /** Up to here the answer is a bad one. */
  threshold: number;
}

/** Keeps what a customer answered; the same once more changes nothing. @returns false when it is too late */
export const saveAnswer = (app: App, input: SaveAnswer): Promise<boolean> =>
  change(app, (step) => keepAnswer(step, { ...input, door: 'survey' }));

/** The same within a change; `door`: where the customer said it. */
export async function keepAnswer(
  { trx, at, announce }: Change,
  input: SaveAnswer & { door: 'survey' | 'portal' },
): Promise<boolean> {
  const { invitationId, score, comment, threshold, door } = input;
  const mayContact = input.mayContact ? 1 : 0;
  const rows = () => trx('surveys_invitations').where({ id: invitationId, state: 'sent' });
  const open: InvitationRecord | undefined = await rows().where('expiresAt', '>', at).first();
  if (!open) return false;
  if (open.score === score && open.comment === comment && open.mayContact === mayContact) return true;
  const revision = open.answers + 1;
  // Of two that come at the same moment one is kept; the other is shown what is there.
  const kept = await rows()
    .where({ answers: open.answers })
    .update({ score, comment, mayContact, answers: revision, answeredAt: at });
  if (kept === 0) return true;
  const { ticketId, contactId, surveyId, kind } = open;
  announce('surveys.answered', {
    ticketId,
    contactId,
    invitationId,
    surveyId,
    kind,
    score,
    isBad: score <= threshold,
    hasComment: comment !== '',
    revision,
    actor: { kind: 'contact', id: contactId, door },
  });
  return true;
}
