import { buffer } from 'node:stream/consumers';
import { ImapFlow } from 'imapflow';
import type { IncomingMail, WatchOptions, WatchState } from '../../plugins/email/transport/imap-settings.js';
import { watchMailbox, type MailboxWatch } from '../../plugins/email/transport/imap-watcher.js';
import { startDovecot, type Dovecot, type DovecotOptions } from './dovecot.js';
import { startFaultProxy, type FaultProxy } from './fault-proxy.js';

export interface Taken extends Omit<IncomingMail, 'raw'> {
  text: string;
}

export interface Watched {
  watch: MailboxWatch;
  /** Every mail whose bytes came in full, in order. */
  taken: Taken[];
  states: WatchState[];
}

export interface MailboxBench {
  /** A mailbox of its own on the server that all tests of a file share; ends what the last test began. */
  begin: () => Promise<string>;
  /** That server, or one for this test alone. */
  dovecot: (own?: DovecotOptions) => Promise<Dovecot>;
  proxyTo: (port: number) => Promise<FaultProxy>;
  /** Takes every mail unless told otherwise, with short pauses. */
  watchWith: (port: number, change?: Partial<WatchOptions>) => Watched;
  look: <T>(server: Dovecot, folder: string, work: (client: ImapFlow) => Promise<T>) => Promise<T>;
  /** The flags of every mail, oldest first, without \\Recent. */
  flagsIn: (server: Dovecot, folder?: string) => Promise<string[][]>;
  end: () => Promise<void>;
}

/** What tests of watching a mailbox have in common. */
export function mailboxBench(): MailboxBench {
  const cleanups: (() => unknown)[] = [];
  let shared: Dovecot | undefined;
  let users = 0;
  let user = '';
  const cleanUp = async (): Promise<void> => {
    for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
  };
  const look: MailboxBench['look'] = async (server, folder, work) => {
    const auth = { user, pass: 'secret' };
    const client = new ImapFlow({ host: server.host, port: server.port, secure: false, auth, logger: false });
    await client.connect();
    await client.mailboxOpen(folder);
    try {
      return await work(client);
    } finally {
      await client.logout();
    }
  };
  return {
    look,
    begin: async () => {
      await cleanUp();
      users += 1;
      user = `support${users}@shop.example`;
      return user;
    },
    dovecot: async (own) => {
      if (own === undefined) return (shared ??= await startDovecot());
      const server = await startDovecot(own);
      cleanups.push(server.stop);
      return server;
    },
    proxyTo: async (port) => {
      const proxy = await startFaultProxy(port);
      cleanups.push(proxy.stop);
      return proxy;
    },
    watchWith: (port, change = {}) => {
      const watched = startWatch(port, user, change);
      cleanups.push(watched.watch.stop);
      return watched;
    },
    flagsIn: (server, folder = 'INBOX') => look(server, folder, readFlags),
    end: async () => {
      await cleanUp();
      await shared?.stop();
    },
  };
}

function startWatch(port: number, user: string, change: Partial<WatchOptions>): Watched {
  const taken: Taken[] = [];
  const states: WatchState[] = [];
  const watch = watchMailbox({
    host: '127.0.0.1',
    port,
    secure: 'none',
    user,
    password: 'secret',
    after: 'flag-seen',
    now: () => new Date(),
    onMail: async ({ raw, ...mail }) => {
      const text = (await buffer(raw)).toString('latin1');
      taken.push({ ...mail, text });
      return 'taken';
    },
    onState: (state) => states.push(state),
    ...change,
    timing: { reconnectMs: 20, longestReconnectMs: 200, laterMs: 50, commandMs: 5_000, ...change.timing },
  });
  return { watch, taken, states };
}

async function readFlags(client: ImapFlow): Promise<string[][]> {
  if (client.mailbox === false || client.mailbox === undefined || client.mailbox.exists === 0) return [];
  const mails = await client.fetchAll('1:*', { flags: true });
  return mails.map((mail) => [...(mail.flags ?? [])].filter((flag) => flag !== '\\Recent').toSorted());
}

/** Resolves when the condition holds; the test's own limit ends the wait. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 10));
}

/** A small mail, or one of about `size` bytes. */
export function letter(name: string, size = 0): string {
  const padding = `${'x'.repeat(62)}\r\n`.repeat(size / 64);
  return `From: a@example.com\r\nSubject: ${name}\r\n\r\n${padding}end\r\n`;
}

export function subjects(mails: { text: string }[]): string[] {
  return mails.map(({ text }) => /Subject: (.*)\r\n/.exec(text)?.[1] ?? '');
}
