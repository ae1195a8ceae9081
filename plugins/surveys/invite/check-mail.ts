import type { HealthAnswer } from '@helpdesk/core';
import { listSurveys } from '../surveys/list-surveys.js';
import type { Inviter } from './inviter.js';

/** Whether what surveys want to send can leave. */
export async function checkMail({ app, services }: Pick<Inviter, 'app' | 'services'>): Promise<HealthAnswer> {
  const isAsking = (await listSurveys(app.db)).some(({ isOn }) => isOn);
  const ok = !isAsking || ((await services.mailer?.ready()) ?? false);
  return { ok, detail: ok ? '' : 'Surveys are on, but no mailbox can send. Check the mailboxes.' };
}
