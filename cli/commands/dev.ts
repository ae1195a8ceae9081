import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { errors } from '../errors.js';
import type { StartOptions } from './start.js';

/** Runs `start` from the sources under a watcher; whatever it started ends with it. @throws SOURCE_NEEDED */
export function dev(options: StartOptions): Promise<number> {
  const child = spawn(
    process.execPath,
    [findTsx(), 'watch', '-C', '@helpdesk/source', findMain(), ...argsOf(options)],
    {
      stdio: ['ignore', 'inherit', 'inherit'],
      // A group of its own, so that the watcher and what it started can be ended together.
      detached: true,
    },
  );
  let signals = 0;
  const pass = (signal: NodeJS.Signals) => {
    signals += 1;
    if (child.pid) endGroup(child.pid, signals > 1 ? 'SIGKILL' : signal);
  };
  process.on('SIGTERM', pass);
  process.on('SIGINT', pass);
  return new Promise((done, failed) => {
    child.on('error', failed);
    child.on('exit', (code) => {
      if (child.pid) endGroup(child.pid, 'SIGTERM');
      done(signals > 0 ? 0 : (code ?? 1));
    });
  });
}

function argsOf({ config, data, port, host, safe, without }: StartOptions): string[] {
  const named = Object.entries({ config, data, port, host, without: without?.join(',') });
  const given = named.flatMap(([name, value]) => (value === undefined ? [] : [`--${name}`, String(value)]));
  return ['start', '--watch', ...given, ...(safe ? ['--safe'] : [])];
}

function findTsx(): string {
  try {
    const manifest = createRequire(import.meta.url).resolve('tsx/package.json');
    return join(dirname(manifest), 'dist', 'cli.mjs');
  } catch {
    throw errors.SOURCE_NEEDED({ because: 'tsx is not installed' });
  }
}

function findMain(): string {
  let dir = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(dir, 'package.json'))) dir = dirname(dir);
  const file = join(dir, 'main.ts');
  if (!existsSync(file)) throw errors.SOURCE_NEEDED({ because: `${file} is not there` });
  return file;
}

function endGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch {
    // All of it has ended already.
  }
}
