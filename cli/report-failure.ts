import { isError, wordsOf } from '@helpdesk/core';

const FAILED = 1;
const WRONG_USAGE = 2;

/** Tells a person, or a program, what went wrong and what to do. @returns the exit code */
export function reportFailure(error: unknown, { asJson }: { asJson: boolean }): number {
  const words = isError(error)
    ? { code: error.code, message: error.message, fix: error.fix }
    : {
        code: 'UNEXPECTED',
        message: wordsOf(error),
        fix: 'Start it again with LOG_LEVEL=debug to see where.',
      };
  if (asJson) process.stdout.write(`${JSON.stringify({ error: words })}\n`);
  else process.stderr.write(`${words.message}\n→ ${words.fix}\n`);
  if (isLoud() && error instanceof Error) process.stderr.write(`${error.stack ?? ''}\n`);
  return words.code === 'USAGE' ? WRONG_USAGE : FAILED;
}

/** The words for people were written while the line was read. @returns the exit code */
export function reportUsage(message: string, { asJson }: { asJson: boolean }): number {
  const error = { code: 'USAGE', message: message.replace(/^error: /, ''), fix: 'See "helpdesk --help".' };
  if (asJson) process.stdout.write(`${JSON.stringify({ error })}\n`);
  return WRONG_USAGE;
}

const isLoud = () => ['debug', 'trace'].includes(process.env['LOG_LEVEL'] ?? '');
