import { isError, wordsOf } from '@helpdesk/core';
import { loadConfig, type ConfigOptions } from '../config/load-config.js';
import { checkDesk } from '../doctor/check-desk.js';
import { checkMachine, checkNode } from '../doctor/check-machine.js';
import { fail, ok, type Check } from '../doctor/check.js';
import { withApp } from '../with-app.js';

/** @returns 1 when a check failed; warnings are no failure */
export async function doctor(options: ConfigOptions & { readonly json?: boolean }): Promise<number> {
  const checks = await examine(options);
  const isWell = checks.every(({ state }) => state !== 'fail');
  if (options.json) process.stdout.write(`${JSON.stringify({ ok: isWell, checks })}\n`);
  else for (const check of checks) process.stdout.write(`${lineOf(check)}\n`);
  return isWell ? 0 : 1;
}

async function examine(options: ConfigOptions): Promise<Check[]> {
  const machine: Check[] = [];
  try {
    const { config, file } = await loadConfig(options);
    machine.push(...(await checkMachine(config)), ok('config', file ?? 'none; the bundled plugins run'));
  } catch (error) {
    return [checkNode(process.versions.node), failed('config', error)];
  }
  if (machine.some(({ state }) => state === 'fail')) return machine;
  try {
    return [...machine, ...(await withApp(options, checkDesk))];
  } catch (error) {
    return [...machine, failed('desk', error)];
  }
}

function failed(name: string, error: unknown): Check {
  const fix = isError(error) ? error.fix : 'Start it with LOG_LEVEL=debug and read the log.';
  return fail(name, wordsOf(error), fix);
}

const marks = { ok: 'ok  ', warn: 'warn', fail: 'FAIL' };
const lineOf = ({ name, state, detail, fix }: Check) =>
  `${marks[state]}  ${name}: ${detail}${fix ? `\n      → ${fix}` : ''}`;
