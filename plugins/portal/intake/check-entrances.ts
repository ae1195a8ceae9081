import type { HealthAnswer } from '@helpdesk/core';
import type { Portal } from '../portal.js';
import { listEntrances, namedIn } from './entrances.js';

/** Whether requests can be taken in and links mailed: both need a mailbox that is on. That there is none yet stops nothing. */
export async function checkEntrances(portal: Portal): Promise<HealthAnswer> {
  const { app, mailer } = portal;
  const { language } = app.company;
  if ((await listEntrances(portal)).length === 0)
    return { ok: false, isMinor: true, detail: app.t(language, 'portal.health.noMailbox') };
  const canMail = (await mailer()?.ready()) === true;
  if (!canMail) return { ok: false, detail: app.t(language, 'portal.health.cannotMail') };
  const unknown = await findUnknown(portal);
  if (unknown !== undefined)
    return {
      ok: false,
      isMinor: true,
      detail: app.t(language, 'portal.health.unknownMailbox', { address: unknown }),
    };
  return { ok: true, detail: app.t(language, 'portal.health.ok') };
}

/** The first address of the settings that is no mailbox which is on: another answers instead. */
async function findUnknown({ app, settings }: Portal): Promise<string | undefined> {
  const rows: { address: string }[] = await app
    .db('channelAccounts')
    .where({ enabled: 1 })
    .whereNull('removedAt')
    .select('address');
  const known = new Set(rows.map(({ address }) => address.toLowerCase()));
  return namedIn(settings().mailboxes).find((address) => !known.has(address));
}
