import { change, type App } from '@helpdesk/core';
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
export async function saveAnswer(app: App, input: SaveAnswer): Promise<boolean> {
  const { invitationId, score, comment, threshold } = input;
  const mayContact = input.mayContact ? 1 : 0;
  return change(app, async ({ trx, at, announce }) => {
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
      actor: { kind: 'contact', id: contactId, door: 'survey' },
    });
    return true;
  });
}
