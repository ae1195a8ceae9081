import { listAccounts, noteHeartbeat, type ChannelAccount, type HostApp, type Logger } from '@helpdesk/core';
import { z } from 'zod';
import { callTelegram } from '../api/call-telegram.js';
import { ALLOWED_UPDATES } from '../api/update.js';
import { botOf } from '../channel/bot-of.js';
import { pollUpdates } from './poll-updates.js';
import { Config } from './setup.js';
import { webhookSecret, type Taking } from './webhook.js';

export interface Connections {
  /** Starts what is new or changed, stops what is gone. */
  refresh(): Promise<void>;
  /** Asks Telegram how its calls to us have been doing. */
  checkWebhooks(): Promise<void>;
  stop(): Promise<void>;
}

interface Connection {
  readonly version: number;
  stop(): Promise<void>;
}

/** Keeps every bot that is on connected: Telegram calls us where it can reach us, else it is asked. */
export function connectBots(
  app: HostApp,
  { log, apiUrl, holdSeconds, taking }: { log: Logger; apiUrl: string; holdSeconds: number; taking: Taking },
): Connections {
  const connections = new Map<number, Connection>();
  let turn = Promise.resolve();
  let isStopped = false;

  async function refreshNow(): Promise<void> {
    if (isStopped) return;
    const accounts = (await listAccounts(app.db, { channel: 'telegram' })).filter(({ enabled }) => enabled);
    for (const [id, { version, stop }] of connections) {
      if (accounts.some((account) => account.id === id && account.version === version)) continue;
      connections.delete(id);
      await stop();
    }
    for (const account of accounts)
      if (!connections.has(account.id)) connections.set(account.id, await connect(account));
  }

  async function connect(account: ChannelAccount): Promise<Connection> {
    const bot = await botOf(app, account.id, apiUrl);
    if (!usesWebhook(app, account)) {
      const stopping = new AbortController();
      const running = pollUpdates(app, account, { bot, taking, log, holdSeconds, signal: stopping.signal });
      return {
        version: account.version,
        async stop() {
          stopping.abort();
          await running.catch(() => undefined);
        },
      };
    }
    const called = await callTelegram(bot, 'setWebhook', {
      url: webhookUrl(app, account.id),
      secret_token: webhookSecret(app, account.id),
      allowed_updates: ALLOWED_UPDATES,
      // One at a time, so that messages of a chat do not overtake each other.
      max_connections: 1,
    });
    const error = called.state === 'ok' ? undefined : called.reason;
    if (error) log.warn({ accountId: account.id, error }, 'a webhook could not be set');
    await noteHeartbeat(app, { accountId: account.id, health: error ? { error } : {}, alive: !error });
    return { version: account.version, stop: () => Promise.resolve() };
  }

  return {
    refresh() {
      turn = turn.then(refreshNow).catch((error: unknown) => log.error({ err: error }, 'bots not refreshed'));
      return turn;
    },
    async checkWebhooks() {
      for (const account of await listAccounts(app.db, { channel: 'telegram' }))
        if (account.enabled && usesWebhook(app, account)) await checkWebhook(app, account, apiUrl);
    },
    async stop() {
      isStopped = true;
      await turn;
      await Promise.all([...connections.values()].map((connection) => connection.stop()));
      connections.clear();
    },
  };
}

const Info = z.object({
  url: z.string(),
  pending_update_count: z.number().default(0),
  last_error_message: z.string().optional(),
  last_error_date: z.number().optional(),
});
const RECENT_MS = 15 * 60_000;

async function checkWebhook(app: HostApp, account: ChannelAccount, apiUrl: string): Promise<void> {
  const called = await callTelegram(await botOf(app, account.id, apiUrl), 'getWebhookInfo');
  const info = called.state === 'ok' ? Info.safeParse(called.result).data : undefined;
  const isRecent = app.now().getTime() - (info?.last_error_date ?? 0) * 1000 < RECENT_MS;
  const error =
    called.state !== 'ok'
      ? called.reason
      : info?.url !== webhookUrl(app, account.id)
        ? 'another address is set for this bot'
        : isRecent && info.pending_update_count > 0
          ? info.last_error_message
          : undefined;
  await noteHeartbeat(app, { accountId: account.id, health: error ? { error } : {}, alive: !error });
}

/** Only these ports are called: https://core.telegram.org/bots/api#setwebhook */
const PORTS = ['', '443', '80', '88', '8443'];

export const webhookUrl = ({ config }: Pick<HostApp, 'config'>, accountId: number): string =>
  `${config.url.replace(/\/$/, '')}/inbound/telegram/${accountId}`;

function usesWebhook({ config }: HostApp, account: ChannelAccount): boolean {
  const { mode } = Config.parse(account.config);
  if (mode !== 'auto') return mode === 'webhook';
  const { protocol, hostname, port } = new URL(config.url);
  const isLocal = hostname === 'localhost' || /^[\d.]+$|:/.test(hostname) || !hostname.includes('.');
  return protocol === 'https:' && !isLocal && PORTS.includes(port);
}
