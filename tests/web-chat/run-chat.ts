import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

export interface ChatProcess {
  ask(command: object): void;
  /** As a crash does; resolves when the process is gone. */
  kill(): Promise<void>;
}

const program = new URL('chat-worker.ts', import.meta.url).pathname;

/** A desk as a process of its own, from its sources; resolves when it answers. */
export async function runChat(env: Readonly<Record<string, string>>): Promise<ChatProcess> {
  const { NODE_OPTIONS: _, VITEST: __, ...rest } = process.env;
  const child = spawn(process.execPath, ['--import', 'tsx', '-C', '@helpdesk/source', program], {
    env: { ...rest, ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let errors = '';
  child.stderr.on('data', (text: Buffer) => void (errors = (errors + text.toString()).slice(-4000)));
  child.stdin.on('error', () => undefined);
  const gone = once(child, 'exit');
  const ready = once(createInterface({ input: child.stdout }), 'line');
  const first = await Promise.race([ready, gone.then(() => undefined)]);
  if (!first) throw new Error(`the desk did not start: ${errors}`);
  return {
    ask: (command) => void child.stdin.write(`${JSON.stringify(command)}\n`),
    async kill() {
      child.kill('SIGKILL');
      await gone;
    },
  };
}
