import type { Knex } from 'knex';
import { parseJson } from '../../database/record.js';
import { errors } from '../../errors/errors.js';
import type { ChannelAccount } from '../channel.js';

interface AccountRow {
  id: number;
  channel: string;
  lineId: number;
  name: string;
  address: string;
  config: string;
  enabled: number;
  version: number;
}

const columns = ['id', 'channel', 'lineId', 'name', 'address', 'config', 'enabled', 'version'];

/** @throws ACCOUNT_UNKNOWN */
export async function findAccount(db: Knex, accountId: number): Promise<ChannelAccount> {
  const row = (await db('channelAccounts').where({ id: accountId }).first(columns)) as AccountRow | undefined;
  if (!row) throw errors.ACCOUNT_UNKNOWN({ accountId });
  return present(row);
}

/** The accounts of a channel, or of all; removed ones only when asked for. */
export async function listAccounts(
  db: Knex,
  { channel, withRemoved = false }: { channel?: string; withRemoved?: boolean } = {},
): Promise<ChannelAccount[]> {
  const rows = db('channelAccounts').orderBy('id').select<AccountRow[]>(columns);
  if (channel) void rows.where({ channel });
  if (!withRemoved) void rows.whereNull('removedAt');
  return (await rows).map(present);
}

function present({ config, enabled, ...row }: AccountRow): ChannelAccount {
  return { ...row, config: parseJson(config, {}), enabled: enabled === 1 };
}

/** The secrets of an account; for its channel alone. Empty when there are none or the key file is another. */
export async function openSecrets(
  app: { db: Knex; keys: { decrypt(sealed: string): string | undefined } },
  accountId: number,
): Promise<Readonly<Record<string, string>>> {
  const row: { secrets: string | null } | undefined = await app
    .db('channelAccounts')
    .where({ id: accountId })
    .first('secrets');
  const plain = row?.secrets ? app.keys.decrypt(row.secrets) : undefined;
  return parseJson<Record<string, string>>(plain, {});
}

export interface AccountHealth {
  readonly accountId: number;
  readonly heartbeatAt: string | null;
  readonly health: Readonly<Record<string, unknown>>;
}

/** How every account has been doing. */
export async function listAccountHealth(db: Knex): Promise<AccountHealth[]> {
  const rows: { accountId: number; heartbeatAt: string | null; health: string }[] = await db(
    'channelAccounts',
  )
    .whereNull('removedAt')
    .select('id as accountId', 'heartbeatAt', 'health');
  return rows.map((row) => ({ ...row, health: parseJson(row.health, {}) }));
}
