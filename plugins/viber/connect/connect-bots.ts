import { listAccounts, noteHeartbeat, type HostApp, type Logger } from '@helpdesk/core';
import { callViber } from '../api/call-viber.js';
import { botOf } from '../channel/bot-of.js';

export const callbackUrl = ({ config }: Pick<HostApp, 'config'>, accountId: number): string =>
  `${config.url.replace(/\/$/, '')}/inbound/viber/${accountId}`;

/**
 * Tells Viber where to call, again and again: it does no harm, and says whether the token is good and the desk is
 * reached, since Viber tries the address at once.
 */
export async function connectBots(
  app: HostApp,
  { apiUrl, log }: { apiUrl: string; log: Logger },
): Promise<void> {
  for (const { id: accountId, enabled } of await listAccounts(app.db, { channel: 'viber' })) {
    if (!enabled) continue;
    const called = await callViber(await botOf(app, accountId, apiUrl), 'set_webhook', {
      url: callbackUrl(app, accountId),
      event_types: ['delivered', 'seen', 'failed', 'conversation_started'],
      send_name: true,
      send_photo: false,
    });
    const error = called.state === 'ok' ? undefined : called.reason;
    if (error) log.warn({ accountId, error }, 'a webhook could not be set');
    await noteHeartbeat(app, { accountId, health: error ? { error } : {}, alive: !error });
  }
}
