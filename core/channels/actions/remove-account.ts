import type { App } from '../../database/app.js';
import { change } from '../../database/change.js';
import type { Actor } from '../../hooks/catalogue.js';
import { findAccount } from '../queries/find-account.js';

/** Close an entrance. What came by it stays; its secrets are forgotten. @throws ACCOUNT_UNKNOWN */
export async function removeAccount(
  app: App,
  { accountId, actor }: { accountId: number; actor: Actor },
): Promise<void> {
  await findAccount(app.db, accountId);
  await change(app, async ({ trx, at, announce }) => {
    await trx('channelAccounts')
      .where({ id: accountId })
      .update({ enabled: 0, removedAt: at, secrets: null });
    announce('account.removed', { accountId, actor });
  });
}
