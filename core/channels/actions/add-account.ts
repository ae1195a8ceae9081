import type { App } from '../../database/app.js';
import { change } from '../../database/change.js';
import type { Actor } from '../../hooks/catalogue.js';

export interface AddAccount {
  channel: string;
  lineId: number;
  name: string;
  address: string;
  config: Readonly<Record<string, unknown>>;
  /** Encrypted before it is stored. */
  secrets?: Readonly<Record<string, string>>;
  actor: Actor;
}

/** Open an entrance: a mailbox, a bot. */
export async function addAccount(
  app: App,
  { secrets, config, actor, ...account }: AddAccount,
): Promise<number> {
  return change(app, async ({ trx, at, announce }) => {
    const [row] = await trx('channelAccounts')
      .insert({
        ...account,
        config: JSON.stringify(config),
        secrets: secrets ? app.keys.encrypt(JSON.stringify(secrets)) : null,
        createdAt: at,
      })
      .returning<{ id: number }[]>('id');
    const accountId = (row as { id: number }).id;
    announce('account.added', { accountId, channel: account.channel, lineId: account.lineId, actor });
    return accountId;
  });
}
