import { answerTicket, findTicket } from '@helpdesk/core';
import { findSurvey } from '../surveys/list-surveys.js';
import { sealStop } from '../answer/open-link.js';
import { findRoute } from './find-route.js';
import { findInvitation } from './invitation.js';
import type { Inviter } from './inviter.js';
import { writeLetter, writeText } from './write-letter.js';

/** The job behind one invitation. @throws what makes it try again */
export async function deliverInvitation(
  inviter: Inviter,
  { invitationId }: { invitationId: number },
): Promise<void> {
  const { app, services } = inviter;
  const invitation = await findInvitation(app.db, { id: invitationId });
  if (invitation?.state !== 'sent' || invitation.score !== null) return;
  const [survey, ticket] = await Promise.all([
    findSurvey(app.db, invitation.surveyId),
    findTicket(app.db, invitation.ticketId),
  ]);
  const { question, validDays } = survey.definition;
  const { language, kind } = invitation;
  const token = inviter.links.seal({ invitationId }, { days: validDays });
  const stop = sealStop(inviter.links, invitationId);
  const pageUrl = `${app.company.url}/surveys/${token}`;
  const letter = {
    kind,
    question: question[language],
    company: app.company.name,
    ticket,
    validDays,
    pageUrl,
    stopUrl: `${app.company.url}/surveys/stop/${stop}`,
    say: (key: string, values?: Readonly<Record<string, unknown>>) => app.t(language, key, values),
  };
  const route = await findRoute(app, ticket);
  if (route.by === 'none') return;
  if (route.by === 'channel') {
    await answerTicket(app, {
      ticketId: ticket.id,
      agentId: null,
      text: writeText(letter),
      to: [route.to],
      then: 'stay',
      idempotencyKey: `surveys:invite:${invitationId}`,
      actor: { kind: 'plugin', id: 'surveys' },
    });
    return;
  }
  if (!services.mailer) throw new Error('no plugin sends mail');
  const headers = stopHeaders(`${app.company.url}/inbound/surveys/stop/${stop}`);
  await services.mailer.send({ to: route.to, ...writeLetter(letter), headers });
}

/** For the button that mail programs show themselves. One click needs an address that nobody can listen to. */
const stopHeaders = (url: string): Readonly<Record<string, string>> => ({
  'List-Unsubscribe': `<${url}>`,
  ...(url.startsWith('https:') ? { 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' } : {}),
});
