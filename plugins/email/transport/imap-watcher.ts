import type { ImapFlow } from 'imapflow';
import { createAlarm, type Alarm } from './alarm.js';
import { withDeadline } from './deadline.js';
import { explainTrouble } from './explain-trouble.js';
import { connectImap } from './imap-connect.js';
import { usualTiming, type WatchOptions, type WatchState, type WatchTiming } from './imap-settings.js';
import { createMailTaker, type MailTaker } from './take-mails.js';

export interface MailboxWatch {
  /** Look, or connect, now; mails put off are offered again too. */
  poke: () => void;
  state: () => WatchState;
  /** Resolves when nothing is under way any more; a mail being handed over gets 10 seconds to be done. */
  stop: () => Promise<void>;
}

const GOODBYE_MS = 3_000;
const LAST_MAIL_MS = 10_000;
const MIB = 1024 * 1024;

/**
 * Watch one folder for good: take what is there, wait for the server to announce more (or look again now and
 * then), and connect again, after growing pauses, whenever anything goes wrong.
 */
export function watchMailbox(options: WatchOptions): MailboxWatch {
  const timing: WatchTiming = { ...usualTiming, ...options.timing };
  const watch: Watch = {
    options,
    timing,
    taker: createMailTaker(options),
    alarm: createAlarm(),
    stopping: new AbortController(),
    state: { connected: false, idle: false, at: options.now() },
    failures: 0,
    lost: undefined,
  };
  const running = run(watch);
  return {
    state: () => ({ ...watch.state }),
    poke: () => {
      watch.taker.wakeAll();
      watch.alarm.ring();
    },
    stop: async () => {
      watch.stopping.abort();
      watch.alarm.ring();
      await running;
    },
  };
}

interface Watch {
  options: WatchOptions;
  timing: WatchTiming;
  taker: MailTaker;
  alarm: Alarm;
  stopping: AbortController;
  state: WatchState;
  /** Attempts since the last round that went well. */
  failures: number;
  /** What the connection reported when it broke. */
  lost: Error | undefined;
}

async function run(watch: Watch): Promise<void> {
  const { options, timing, stopping } = watch;
  while (!stopping.signal.aborted) {
    try {
      await visit(watch);
    } catch (error) {
      const cause = watch.lost ?? error;
      const trouble = explainTrouble(cause, { protocol: 'imap', secrets: [options.password] });
      if (!stopping.signal.aborted) options.log?.warn({ trouble, host: options.host }, 'lost the mailbox');
      tell(watch, { connected: false, idle: false, error: trouble });
    }
    if (stopping.signal.aborted) break;
    watch.failures += 1;
    await watch.alarm.sleep(pause(watch.failures, timing, options.random ?? Math.random));
  }
  tell(watch, { connected: false, idle: false });
}

/** 5 s, 10 s, 20 s … 5 min, each up to a fifth shorter so that many mailboxes do not come back as one. */
export function pause(failures: number, timing: WatchTiming, random: () => number): number {
  const full = Math.min(timing.longestReconnectMs, timing.reconnectMs * 2 ** Math.min(failures - 1, 30));
  return full * (1 - random() / 5);
}

/** From connecting to the end of the connection; rejects unless we are stopping. */
async function visit(watch: Watch): Promise<void> {
  const { options, timing, stopping } = watch;
  watch.lost = undefined;
  const maxAnswerBytes = (options.maxBytes ?? 50 * MIB) + MIB;
  const limits = { silenceMs: timing.commandMs, maxAnswerBytes, signal: stopping.signal };
  const client = await connectImap(options, limits);
  const giveUp = (): void => void setTimeout(() => client.close(), LAST_MAIL_MS).unref();
  stopping.signal.addEventListener('abort', giveUp, { once: true });
  client.on('error', (error) => {
    watch.lost = error;
  });
  client.on('exists', watch.alarm.ring);
  client.once('close', watch.alarm.ring);
  try {
    await watchFolder(watch, client);
    await sayGoodbye(client);
  } finally {
    stopping.signal.removeEventListener('abort', giveUp);
    client.close();
  }
}

async function watchFolder(watch: Watch, client: ImapFlow): Promise<void> {
  const { options, timing, taker } = watch;
  const isStopping = (): boolean => watch.stopping.signal.aborted;
  let openedAt = await openFolder(watch, client);
  options.log?.info({ host: options.host, folder: options.folder ?? 'INBOX' }, 'watching the mailbox');
  while (!isStopping()) {
    if (!client.usable)
      throw Object.assign(new Error('the server ended the connection'), { code: 'NoConnection' });
    if (options.now().getTime() - openedAt >= timing.reopenMs) openedAt = await openFolder(watch, client);
    tell(watch, { connected: true, idle: false });
    const complete = await taker.round(client, isStopping);
    watch.failures = 0;
    if (isStopping()) return;
    await rest(watch, client, complete);
  }
}

/** When it was opened, in milliseconds. */
async function openFolder({ options, timing }: Watch, client: ImapFlow): Promise<number> {
  const opening = client.mailboxOpen(options.folder ?? 'INBOX');
  await withDeadline(opening, { ms: timing.commandMs, what: 'opening the folder' });
  return options.now().getTime();
}

/** Until the server announces mail, somebody pokes, a mail put off is due, or it is time to look anyway. */
async function rest(watch: Watch, client: ImapFlow, complete: boolean): Promise<void> {
  const { timing, taker, alarm } = watch;
  const hasIdle = client.capabilities.has('IDLE');
  // It ends with the next command, which is also what tells whether the server is still there.
  if (hasIdle) client.idle().catch(() => undefined);
  const fetched = complete ? { lastFetchAt: watch.options.now() } : {};
  tell(watch, { connected: true, idle: hasIdle, ...fetched });
  await alarm.sleep(Math.max(1, Math.min(timing.pollMs, taker.nextDueIn() ?? timing.pollMs)));
}

async function sayGoodbye(client: ImapFlow): Promise<void> {
  try {
    if (client.usable) await withDeadline(client.logout(), { ms: GOODBYE_MS, what: 'signing out' });
  } catch {
    // The connection is closed anyway, whatever the server makes of it.
  }
}

function tell(watch: Watch, news: Partial<WatchState> & { connected: boolean; idle: boolean }): void {
  const { connected, idle, error: earlier, lastFetchAt, at } = watch.state;
  const error = news.connected ? undefined : (news.error ?? earlier);
  const isNew = connected !== news.connected || idle !== news.idle || error?.code !== earlier?.code;
  if (!isNew && news.lastFetchAt === undefined) return;
  watch.state = {
    ...news,
    at: isNew ? watch.options.now() : at,
    lastFetchAt: news.lastFetchAt ?? lastFetchAt,
    error,
  };
  watch.options.onState?.({ ...watch.state });
}
