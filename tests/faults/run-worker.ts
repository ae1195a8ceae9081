import { execFile, spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';

export interface Worker {
  readonly child: ChildProcessWithoutNullStreams;
  /** Lines it printed, parsed. */
  readonly said: Record<string, unknown>[];
  readonly errors: () => string;
  ask(command: Record<string, unknown>): void;
  /** Resolves when the process is gone, however. */
  readonly gone: Promise<void>;
  kill(): void;
  /** Stops it where it is, until `resume`. */
  pause(): void;
  resume(): void;
  /** Whether it is stopped. */
  isPaused(): Promise<boolean>;
  stop(): Promise<void>;
}

const program = new URL('desk-worker.mjs', import.meta.url).pathname;

/** A built desk as a process of its own; `env` names its data, its servers and its fault. */
export function runWorker(env: Record<string, string>): Worker {
  const child = spawn(process.execPath, [program], { env: { ...plainEnv(), ...env }, stdio: 'pipe' });
  const said: Record<string, unknown>[] = [];
  let errors = '';
  const note = (text: string) => void (errors = (errors + text).slice(-8000));
  // The database driver's own words about a lost connection come by the same way.
  createInterface({ input: child.stdout }).on('line', (line) => {
    if (line.startsWith('{')) said.push(JSON.parse(line));
    else note(`${line}\n`);
  });
  child.stderr.on('data', (text: Buffer) => note(text.toString()));
  child.stdin.on('error', () => undefined);
  const gone = once(child, 'exit').then(() => undefined);
  return {
    child,
    said,
    errors: () => errors,
    ask: (command) => void child.stdin.write(`${JSON.stringify(command)}\n`),
    gone,
    kill: () => void child.kill('SIGKILL'),
    pause: () => void child.kill('SIGSTOP'),
    resume: () => void child.kill('SIGCONT'),
    isPaused: async () => {
      const { stdout } = await promisify(execFile)('ps', ['-o', 'state=', '-p', String(child.pid)]);
      return stdout.startsWith('T');
    },
    async stop() {
      child.stdin.write('{"stop":true}\n');
      const timer = setTimeout(() => child.kill('SIGKILL'), 15_000);
      await gone;
      clearTimeout(timer);
    },
  };
}

// The runner's own conditions must not make the child read sources.
function plainEnv(): Record<string, string> {
  const { NODE_OPTIONS: _, VITEST: __, ...rest } = process.env;
  return Object.fromEntries(
    Object.entries(rest).filter((pair): pair is [string, string] => pair[1] !== undefined),
  );
}
