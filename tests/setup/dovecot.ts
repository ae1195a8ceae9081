import { execFile, execFileSync } from 'node:child_process';
import { chown, mkdir, rename, writeFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { dovecotConfig } from './dovecot-config.js';
import { freePort } from './free-port.js';
import { accountOf, runServer, waitForPort, type Account, type RunningServer } from './run-server.js';
import { tempDir } from './temp-dir.js';

/** True when there is a Dovecot: `describe.skipIf(!hasDovecot)`. */
export const hasDovecot = process.env['HELPDESK_TEST_DOVECOT'] !== undefined;

export interface Dovecot {
  host: '127.0.0.1';
  /** Plain IMAP (with STARTTLS when `tls`). */
  port: number;
  /** IMAP inside TLS, with a self-signed certificate; only with `tls`. */
  tlsPort: number;
  stop: () => Promise<void>;
  /** Every connection breaks; it comes back on the same ports with the same mails. */
  restart: () => Promise<void>;
  /** Put a mail into the user's INBOX, as the mail server of the world outside would. */
  deliver: (user: string, raw: Buffer | string) => Promise<void>;
  /** The user's maildir; its `new` and `cur` hold the INBOX. */
  mailDir: (user: string) => string;
  /** Where it logs, to be printed when a test is hard to understand. */
  logFile: string;
}

export interface DovecotOptions {
  tls?: boolean;
  /** Lines put at the end of dovecot.conf, e.g. `imap_capability = IMAP4rev1`. */
  extraConfig?: string;
}

/** A real Dovecot on loopback: any user name with the password "secret" has a mailbox. */
export async function startDovecot(options: DovecotOptions = {}): Promise<Dovecot> {
  const program = process.env['HELPDESK_TEST_DOVECOT'];
  if (program === undefined) throw new Error('this test needs Dovecot (apt-get install dovecot-imapd)');
  const directory = await tempDir('hd-dc-');
  const owner = dovecotAccount();
  const [port, tlsPort] = [await freePort(), await freePort()];
  const certificate = options.tls === true ? await makeCertificate(directory.path) : undefined;
  const config = dovecotConfig({ ...owner, directory: directory.path, port, tlsPort, certificate });
  for (const folder of ['run', 'mail']) await mkdir(join(directory.path, folder));
  await writeFile(join(directory.path, 'dovecot.conf'), `${config}\n${options.extraConfig ?? ''}\n`);
  await own(directory.path, owner.account);
  const start = () =>
    startServer([program, '-F', '-c', join(directory.path, 'dovecot.conf')], owner.account, port);
  let server = await start();
  const mailDir = (user: string): string => join(directory.path, 'mail', user.toLowerCase());
  return {
    host: '127.0.0.1',
    port,
    tlsPort,
    mailDir,
    logFile: join(directory.path, 'dovecot.log'),
    deliver: (user, raw) => dropMail(mailDir(user), raw, owner.account),
    restart: async () => {
      await server.stop();
      server = await start();
    },
    stop: async () => {
      await server.stop();
      await directory.remove();
    },
  };
}

/** Dovecot's processes want an unprivileged user; root lends it `nobody`. */
function dovecotAccount(): { account: Account; user: string; group: string } {
  const isRoot = process.getuid?.() === 0;
  const account = isRoot ? accountOf('nobody') : { uid: userInfo().uid, gid: userInfo().gid };
  const user = isRoot ? 'nobody' : userInfo().username;
  return { account, user, group: execFileSync('id', ['-gn', user], { encoding: 'utf8' }).trim() };
}

async function startServer(command: string[], account: Account, port: number): Promise<RunningServer> {
  const server = runServer(command, { stopSignal: 'KILL', ...(process.getuid?.() === 0 ? { account } : {}) });
  await waitForPort(port, server);
  return server;
}

let delivered = 0;

/** Written beside and renamed, as the maildir format demands: no reader sees half a mail. */
async function dropMail(maildir: string, raw: Buffer | string, account: Account): Promise<void> {
  for (const folder of ['', 'tmp', 'new', 'cur']) {
    const path = join(maildir, folder);
    if ((await mkdir(path, { recursive: true })) !== undefined) await own(path, account);
  }
  delivered += 1;
  const name = `${Math.floor(Date.now() / 1000)}.M${String(delivered).padStart(6, '0')}P${process.pid}.test`;
  await writeFile(join(maildir, 'tmp', name), raw);
  await own(join(maildir, 'tmp', name), account);
  await rename(join(maildir, 'tmp', name), join(maildir, 'new', name));
}

async function own(path: string, account: Account): Promise<void> {
  if (process.getuid?.() !== 0) return;
  await promisify(execFile)('chown', ['-R', `${account.uid}:${account.gid}`, path]);
  await chown(path, account.uid, account.gid);
}

async function makeCertificate(directory: string): Promise<{ key: string; cert: string }> {
  const key = join(directory, 'tls.key');
  const cert = join(directory, 'tls.crt');
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'];
  const form = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-keyout', key, '-out', cert];
  await promisify(execFile)('openssl', [...form, ...subject]);
  return { key, cert };
}
