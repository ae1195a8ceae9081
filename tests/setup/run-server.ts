import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { connect } from 'node:net';

export interface Account {
  uid: number;
  gid: number;
}

export interface RunningServer {
  pid: number;
  isRunning: () => boolean;
  /** Sends the stop signal and waits for the process to be gone. */
  stop: () => Promise<void>;
}

/**
 * The keeper waits for the end of its input, which comes with the end of our process however that happens
 * (even by SIGKILL), and then stops the server: no test run leaves one behind. Last it ends what is left of its
 * process group, itself too: a server's processes may outlive the one that started them.
 */
const KEEPER = `
exec 3<&0
signal=$1; shift
"$@" </dev/null 3<&- & server=$!
{ read -r _ <&3; kill -s "$signal" "$server"; } &
wait "$server"
kill -s KILL 0
`;

/** Start a server in its own session; it ends with this process at the latest. */
export function runServer(
  command: string[],
  options: { stopSignal: string; account?: Account },
): RunningServer {
  const child = spawn('/bin/sh', ['-c', KEEPER, 'keeper', options.stopSignal, ...command], {
    ...options.account,
    cwd: '/',
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  child.unref();
  if (child.pid === undefined) throw new Error(`${command[0] ?? 'the server'} could not be started`);
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  return {
    pid: child.pid,
    isRunning: () => child.exitCode === null && child.signalCode === null,
    stop: () => endInput(child, gone),
  };
}

async function endInput(child: ChildProcess, gone: Promise<void>): Promise<void> {
  child.ref();
  child.stdin?.end();
  await gone;
}

/** The uid and gid of a user of this system. */
export function accountOf(user: string): Account {
  const ask = (flag: string): number => Number(execFileSync('id', [flag, user], { encoding: 'utf8' }));
  return { uid: ask('-u'), gid: ask('-g') };
}

/** Resolves when 127.0.0.1:port accepts connections; rejects when the server ends first or after 30 seconds. */
export async function waitForPort(port: number, server: RunningServer): Promise<void> {
  for (let tries = 0; tries < 600; tries += 1) {
    if (await canConnect(port)) return;
    if (!server.isRunning()) throw new Error(`the server meant for port ${port} ended at once`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`nothing listens on port ${port}`);
}

function canConnect(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('error', () => resolve(false));
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
  });
}
