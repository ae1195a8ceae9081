import {
  keepRaw,
  listAccounts,
  noteHeartbeat,
  openSecrets,
  type ChannelAccount,
  type HostApp,
  type Logger,
} from '@helpdesk/core';
import { readMailboxConfig } from '../channel/mailbox-config.js';
import type { IncomingMail, WatchOptions, WatchState } from '../transport/imap-settings.js';
import type { MailboxWatch } from '../transport/imap-watcher.js';

export interface Watches {
  /** Starts what is new or changed, stops what is gone. */
  refresh(): Promise<void>;
  stop(): Promise<void>;
}

const HEARTBEAT_MS = 60_000;

/** Watches every mailbox that is on; each change of its settings starts it afresh. */
export function watchMailboxes(
  app: HostApp,
  { log, maxMegabytes, timing }: { log: Logger; maxMegabytes: () => number; timing?: WatchOptions['timing'] },
): Watches {
  const watches = new Map<number, { version: number; watch: MailboxWatch }>();
  let turn = Promise.resolve();
  let isStopped = false;

  async function refreshNow(): Promise<void> {
    if (isStopped) return;
    const accounts = (await listAccounts(app.db, { channel: 'email' })).filter(
      (account) => account.enabled && readMailboxConfig(account).imap !== null,
    );
    for (const [id, { version, watch }] of watches) {
      if (accounts.some((account) => account.id === id && account.version === version)) continue;
      watches.delete(id);
      await watch.stop();
    }
    for (const account of accounts)
      if (!watches.has(account.id))
        watches.set(account.id, { version: account.version, watch: await start(account) });
  }

  async function start(account: ChannelAccount): Promise<MailboxWatch> {
    const { watchMailbox } = await import('../transport/imap-watcher.js');
    const { password } = await openSecrets(app, account.id);
    return watchMailbox({
      ...settingsOf(account, password ?? ''),
      maxBytes: (maxMegabytes() + 1) * 1024 * 1024,
      log: log.child({ accountId: account.id }),
      now: app.now,
      seen: (uidValidity, uids) => takenBefore(app, account, { uidValidity, uids }),
      onMail: (mail) => take(app, account, mail),
      onState: heartbeatOf(app, account, log),
      fault: app.fault,
      ...(timing ? { timing } : {}),
    });
  }

  return {
    refresh() {
      turn = turn
        .then(refreshNow)
        .catch((error: unknown) => log.error({ err: error }, 'mailboxes not refreshed'));
      return turn;
    },
    async stop() {
      isStopped = true;
      await turn;
      await Promise.all([...watches.values()].map(({ watch }) => watch.stop()));
      watches.clear();
    },
  };
}

function settingsOf(account: ChannelAccount, password: string) {
  const { imap, user, folder, takeSince, after, moveTo } = readMailboxConfig(account);
  if (!imap) throw new Error('this mailbox has no server to receive by');
  return {
    host: imap.host,
    port: imap.port,
    secure: imap.secure,
    user: user || account.address,
    password,
    folder,
    after,
    ...(moveTo ? { moveTo } : {}),
    ...(takeSince ? { takeSince: new Date(takeSince) } : {}),
    ...(imap.verifyCertificate ? {} : { tls: { rejectUnauthorized: false } }),
  };
}

/** The journal's own answer, for servers that cannot keep our flag. */
async function takenBefore(
  app: HostApp,
  account: ChannelAccount,
  { uidValidity, uids }: { uidValidity: string; uids: number[] },
): Promise<Set<number>> {
  const ids = new Map(uids.map((uid) => [`${uidValidity}:${uid}`, uid]));
  const rows: { externalId: string }[] = await app
    .db('intake')
    .where({ accountId: account.id })
    .whereIn('externalId', [...ids.keys()])
    .select('externalId');
  return new Set(rows.flatMap(({ externalId }) => ids.get(externalId) ?? []));
}

async function take(app: HostApp, account: ChannelAccount, mail: IncomingMail): Promise<'taken'> {
  await keepRaw(app, {
    account,
    externalId: `${mail.uidValidity}:${mail.uid}`,
    raw: mail.raw,
    meta: { receivedAt: mail.internalDate.toISOString(), size: mail.size, truncated: mail.truncated },
  });
  return 'taken';
}

/** Written when something changes, and once a minute while all is well. */
function heartbeatOf(app: HostApp, account: ChannelAccount, log: Logger): (state: WatchState) => void {
  let last = '';
  let writtenAt = 0;
  return (state) => {
    const { connected, idle, error, lastFetchAt } = state;
    const mark = `${connected} ${error?.code ?? ''}`;
    const now = app.now().getTime();
    if (mark === last && now - writtenAt < HEARTBEAT_MS) return;
    last = mark;
    writtenAt = now;
    const health = {
      connected,
      idle,
      error: error ? { code: error.code, raw: error.raw } : null,
      lastFetchAt: lastFetchAt?.toISOString() ?? null,
    };
    const written = noteHeartbeat(app, { accountId: account.id, health, alive: connected });
    app.signals.track(
      written.catch((problem: unknown) => log.warn({ err: problem }, 'heartbeat not written')),
    );
  };
}
