import { execFile } from 'node:child_process';
import { chown } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { findProgram, postgresFolders } from './find-program.js';
import { freePort } from './free-port.js';
import { accountOf, runServer, waitForPort, type Account } from './run-server.js';
import { tempDir } from './temp-dir.js';

export interface PostgresCluster {
  /** Of the superuser, e.g. `postgres://postgres@127.0.0.1:5433/postgres`; no password. */
  url: string;
  port: number;
  /** Pull the plug (every connection breaks, the log is replayed) and start again on the same port. */
  crash: () => Promise<void>;
  /** Also removes the data. */
  stop: () => Promise<void>;
}

/** The newest initdb found, or undefined when PostgreSQL's server programs are not installed. */
export function findPostgres(): string | undefined {
  return findProgram(['initdb'], postgresFolders());
}

/**
 * A private cluster on a free loopback port that trades durability for speed. Never as root: PostgreSQL
 * refuses, so root runs it as the user `postgres`.
 */
export async function startPostgres(initdb = findPostgres()): Promise<PostgresCluster> {
  if (initdb === undefined) throw new Error('PostgreSQL is not installed (apt-get install postgresql)');
  const account = process.getuid?.() === 0 ? accountOf('postgres') : undefined;
  const directory = await tempDir('hd-pg-');
  if (account !== undefined) await chown(directory.path, account.uid, account.gid);
  const data = join(directory.path, 'data');
  await promisify(execFile)(initdb, initdbOptions(data), { ...account, cwd: '/' });
  const port = await freePort();
  const start = () => startServer(join(dirname(initdb), 'postgres'), { data, port, account });
  let server = await start();
  return {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    port,
    crash: async () => {
      await server.stop();
      server = await start();
    },
    stop: async () => {
      await server.stop();
      await directory.remove();
    },
  };
}

function initdbOptions(data: string): string[] {
  return ['-D', data, '-A', 'trust', '-U', 'postgres', '--no-sync', '-E', 'UTF8', '--locale=C.UTF-8'];
}

const SETTINGS = {
  listen_addresses: '127.0.0.1',
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  max_connections: '200',
  shared_buffers: '64MB',
};

async function startServer(
  program: string,
  place: { data: string; port: number; account: Account | undefined },
) {
  const settings = { ...SETTINGS, unix_socket_directories: place.data };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const options = place.account === undefined ? {} : { account: place.account };
  const server = runServer([program, '-D', place.data, '-p', String(place.port), ...flags], {
    stopSignal: 'QUIT',
    ...options,
  });
  await waitForPort(place.port, server);
  return server;
}
