import type { Abilities, ChannelDriver, Failure } from './driver.js';
import { answerTests, failureTests } from './answer-tests.js';
import { intakeTests } from './intake-tests.js';

/** The functions of a test runner; those of vitest, jest and node:test fit. */
export interface TestFunctions {
  it(title: string, run: () => Promise<void>): unknown;
  beforeAll(run: () => Promise<void>): unknown;
  afterAll(run: () => Promise<void>): unknown;
}

/**
 * What every channel must do, tried against its provider's side: nothing lost, nothing twice, in order, forged calls
 * stored nowhere, limits obeyed, the provider's troubles survived. Call it inside `describe`, once an engine.
 */
export function testChannel(
  { it, beforeAll, afterAll }: TestFunctions,
  start: () => Promise<ChannelDriver>,
  abilities: Abilities = {},
): void {
  let driver: ChannelDriver | undefined;
  const now = (): ChannelDriver => {
    if (!driver) throw new Error('the driver did not start');
    return driver;
  };
  beforeAll(async () => void (driver = await start()));
  afterAll(async () => driver?.close());
  const test = (title: string, run: (driver: ChannelDriver) => Promise<void>) =>
    it(title, async () => run(now()));

  for (const { title, needs, run } of [...intakeTests, ...answerTests])
    if (needs === undefined || abilities[needs]) test(title, run);
  const failures: readonly Failure[] = abilities.failures ?? ['busy', 'refused', 'silent'];
  for (const { title, failure, run } of failureTests) if (failures.includes(failure)) test(title, run);
}
