import type { App } from '../../database/app.js';
import { change } from '../../database/change.js';
import { errors } from '../../errors/errors.js';
import type { Actor } from '../../hooks/catalogue.js';
import { findAccount, openSecrets } from '../queries/find-account.js';

export interface ChangeAccount {
  accountId: number;
  fields: {
    lineId?: number;
    name?: string;
    address?: string;
    config?: Readonly<Record<string, unknown>>;
    enabled?: boolean;
    /** Only those that are replaced. */
    secrets?: Readonly<Record<string, string>>;
  };
  expectedVersion?: number;
  actor: Actor;
}

/** Change an entrance. Secrets that are not given stay. @throws ACCOUNT_UNKNOWN, TICKET_CHANGED */
export async function changeAccount(app: App, input: ChangeAccount): Promise<void> {
  const account = await findAccount(app.db, input.accountId);
  const { config, enabled, secrets, ...plain } = input.fields;
  const known = secrets ? await openSecrets(app, account.id) : {};
  const patch = {
    ...plain,
    ...(config ? { config: JSON.stringify(config) } : {}),
    ...(enabled === undefined ? {} : { enabled: enabled ? 1 : 0 }),
    ...(secrets ? { secrets: app.keys.encrypt(JSON.stringify({ ...known, ...secrets })) } : {}),
  };
  const version = input.expectedVersion ?? account.version;
  await change(app, async ({ trx, announce }) => {
    const written = await trx('channelAccounts')
      .where({ id: account.id, version })
      .update({ ...patch, version: version + 1 });
    if (written === 0) throw errors.TICKET_CHANGED();
    announce('account.changed', {
      accountId: account.id,
      fields: Object.keys(input.fields),
      actor: input.actor,
    });
  });
}
