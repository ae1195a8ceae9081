import type { Awaitable } from '../hooks/catalogue.js';
import { wordsOf } from '../errors/define-errors.js';
import type { ChannelApp } from '../channels/channel.js';
import type { HealthAnswer } from './toolbox.js';

export interface HealthCheck {
  readonly plugin: string;
  readonly name: string;
  check(app: ChannelApp): Awaitable<HealthAnswer>;
}

export interface HealthReport {
  /** Nothing has stopped; something minor may still be wrong. */
  readonly ok: boolean;
  readonly checks: readonly (HealthAnswer & { plugin: string; name: string })[];
}

const PATIENCE_MS = 5000;

/** Asks every check; one that throws or gives no answer in 5 s counts as not ok. */
export async function checkHealth(app: ChannelApp, checks: readonly HealthCheck[]): Promise<HealthReport> {
  const answers = await Promise.all(
    checks.map(async ({ plugin, name, check }) => ({ plugin, name, ...(await ask(() => check(app))) })),
  );
  return { ok: answers.every(({ ok, isMinor }) => ok || isMinor === true), checks: answers };
}

async function ask(check: () => Awaitable<HealthAnswer>): Promise<HealthAnswer> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<HealthAnswer>((resolve) => {
    timer = setTimeout(
      () => resolve({ ok: false, detail: `no answer within ${PATIENCE_MS / 1000} s` }),
      PATIENCE_MS,
    );
  });
  try {
    return await Promise.race([Promise.resolve(check()), late]);
  } catch (error) {
    return { ok: false, detail: wordsOf(error) };
  } finally {
    clearTimeout(timer);
  }
}
