import { CommanderError } from 'commander';
import { buildProgram } from './build-program.js';
import { reportFailure, reportUsage } from './report-failure.js';

/**
 * Runs one `helpdesk` command. Failures are told on stderr, or as `{"error": {code, message, fix}}` on stdout with
 * `--json`.
 * @param args what stands behind `helpdesk`
 * @returns the exit code: 0, 1 when it failed, 2 when it was called the wrong way
 */
export async function run(args: readonly string[]): Promise<number> {
  const outcome = { code: 0 };
  try {
    const program = await buildProgram(args, outcome);
    await program.parseAsync([...args], { from: 'user' });
    return outcome.code;
  } catch (error) {
    const asJson = args.includes('--json');
    if (error instanceof CommanderError)
      return error.exitCode === 0 ? 0 : reportUsage(error.message, { asJson });
    return reportFailure(error, { asJson });
  }
}
