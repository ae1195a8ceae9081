import { listAccounts, noteHeartbeat, type ChannelAccount, type HostApp, type Logger } from '@helpdesk/core';
import { callGraph } from '../api/call-graph.js';
import { numberOf } from '../channel/number-of.js';

/**
 * Has the app told of what happens at the business, again and again: it does no harm, and says whether the token is
 * good. https://developers.facebook.com/docs/whatsapp/embedded-signup/webhooks/subscribe
 */
export async function connectNumbers(
  app: HostApp,
  { apiUrl, log }: { apiUrl: string; log: Logger },
): Promise<void> {
  for (const account of await listAccounts(app.db, { channel: 'whatsapp' }))
    if (account.enabled)
      await connect(app, account, apiUrl).catch((error: unknown) =>
        log.warn({ err: error, accountId: account.id }, 'a number could not be connected'),
      );
}

async function connect(app: HostApp, account: ChannelAccount, apiUrl: string): Promise<void> {
  const number = await numberOf(app, account, apiUrl);
  const called = await callGraph(number, { method: 'POST', path: `${number.wabaId}/subscribed_apps` });
  const error = called.state === 'ok' ? undefined : called.reason;
  await noteHeartbeat(app, { accountId: account.id, health: error ? { error } : {}, alive: !error });
}
