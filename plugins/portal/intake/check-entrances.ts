import type { HealthAnswer } from '@helpdesk/core';
import type { Portal } from '../portal.js';
import { listEntrances } from './entrances.js';

/** Whether requests can be taken in and links mailed: both need a mailbox that is on. That there is none yet stops nothing. */
export async function checkEntrances({ app, mailer }: Portal): Promise<HealthAnswer> {
  const { language } = app.company;
  if ((await listEntrances(app)).length === 0)
    return { ok: false, isMinor: true, detail: app.t(language, 'portal.health.noMailbox') };
  const canMail = (await mailer()?.ready()) === true;
  return { ok: canMail, detail: app.t(language, canMail ? 'portal.health.ok' : 'portal.health.cannotMail') };
}
