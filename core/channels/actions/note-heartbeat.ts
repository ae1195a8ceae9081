import type { App } from '../../database/app.js';
import { change } from '../../database/change.js';

/** Note how an account does; no event, it beats often. `alive` moves the heartbeat on. */
export async function noteHeartbeat(
  app: App,
  {
    accountId,
    health,
    alive,
  }: { accountId: number; health: Readonly<Record<string, unknown>>; alive: boolean },
): Promise<void> {
  await change(app, async ({ trx, at }) => {
    await trx('channelAccounts')
      .where({ id: accountId })
      .update({ health: JSON.stringify(health), ...(alive ? { heartbeatAt: at } : {}) });
  });
}
