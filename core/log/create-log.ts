import { pino, type Logger } from 'pino';

export type { Logger } from 'pino';

/** Values under these names never reach a log line. */
const secrets = ['password', 'secret', 'token', 'authorization', 'cookie', 'pass'];

/**
 * Structured logs, one JSON object a line; each plugin gets a child with its name.
 * @param level pino's levels, `silent` included
 */
export function createLog(level: string, destination?: NodeJS.WritableStream): Logger {
  const paths = secrets.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]);
  const options = { level, redact: { paths, censor: '[hidden]' }, base: null };
  return destination ? pino(options, destination) : pino(options);
}
