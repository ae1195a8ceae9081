import { join, resolve } from 'node:path';
import { errors } from '../errors/errors.js';
import type { Plugin } from './plugin.js';
import { configShape, type HelpdeskConfig } from './define-config.js';

/** The configuration after flags, environment, file and defaults were laid over each other. */
export interface Config {
  readonly plugins: readonly Plugin[];
  readonly name: string | undefined;
  readonly url: string;
  /** Whether somebody said the address, or it was made from host and port. */
  readonly urlGiven: boolean;
  readonly languages: readonly ('ru' | 'en')[] | undefined;
  readonly timeZone: string | undefined;
  readonly theme: string;
  readonly site: string | undefined;
  readonly database: string;
  readonly data: string;
  readonly keyFile: string;
  readonly port: number;
  readonly host: string;
  readonly logLevel: NonNullable<HelpdeskConfig['logLevel']>;
  readonly proxies: number;
  /** Start without any plugin but those the pages need. */
  readonly safe: boolean;
  /** Plugins to leave out this time. */
  readonly without: readonly string[];
}

export interface Flags {
  port?: number;
  host?: string;
  data?: string;
  safe?: boolean;
  without?: readonly string[];
}

/** Precedence: flag > environment > file > default. @throws CONFIG_INVALID with every problem at once */
export function resolveConfig(
  file: HelpdeskConfig,
  {
    flags = {},
    env = process.env,
    folder = process.cwd(),
  }: { flags?: Flags; env?: NodeJS.ProcessEnv; folder?: string } = {},
): Config {
  const checked = configShape.safeParse(file);
  const problems = checked.success
    ? []
    : checked.error.issues.map(({ path, message }) => `- ${path.join('.') || 'the file'}: ${message}`);
  const port = flags.port ?? portFrom(env['PORT'], problems) ?? file.port ?? 3000;
  const database = env['DATABASE_URL'];
  if (database && !/^(sqlite:.+|postgres(ql)?:\/\/.+)$/.test(database))
    problems.push('- DATABASE_URL: must begin with "sqlite:" or "postgres://"');
  if (problems.length > 0) throw errors.CONFIG_INVALID({ problems: problems.join('\n') });
  const host = flags.host ?? env['HOST'] ?? file.host ?? '127.0.0.1';
  const data = resolve(folder, flags.data ?? env['HELPDESK_DATA'] ?? file.data ?? 'data');
  const url = env['HELPDESK_URL'] ?? file.url;
  return {
    plugins: file.plugins ?? [],
    name: file.name,
    url: (url ?? `http://${host === '0.0.0.0' || host === '::' ? 'localhost' : host}:${port}`).replace(
      /\/$/,
      '',
    ),
    urlGiven: url !== undefined,
    languages: file.languages,
    timeZone: file.timeZone,
    theme: file.theme ?? 'default',
    site: file.site === undefined ? undefined : resolve(folder, file.site),
    database: database ?? file.database ?? `sqlite:${join(data, 'helpdesk.sqlite')}`,
    data,
    keyFile: env['HELPDESK_KEY_FILE'] ?? join(data, 'secret.key'),
    port,
    host,
    logLevel: (env['LOG_LEVEL'] as Config['logLevel'] | undefined) ?? file.logLevel ?? 'info',
    proxies: file.proxies ?? 0,
    safe: flags.safe ?? false,
    without: flags.without ?? [],
  };
}

function portFrom(text: string | undefined, problems: string[]): number | undefined {
  if (text === undefined || text === '') return undefined;
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65535) return port;
  problems.push(`- PORT: "${text}" is no port number`);
  return undefined;
}
