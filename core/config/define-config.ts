import { z } from 'zod';
import { errors } from '../errors/errors.js';
import type { Plugin } from './plugin.js';

/** What helpdesk.config.ts says. Everything has a default, so an empty one starts a desk. */
export interface HelpdeskConfig {
  /** The company's name; the setup asks for it when it is missing here. */
  name?: string;
  /** The address under which browsers reach the desk: links in mails begin with it. */
  url?: string;
  languages?: readonly ('ru' | 'en')[];
  /** IANA name. */
  timeZone?: string;
  /** Those that can run; which of them do is switched in the browser, unless said here. */
  plugins?: readonly Plugin[];
  /** A theme by folder name in `themes/` or by package name. */
  theme?: string;
  /** A folder of the company's own templates and files, laid out like a theme. */
  site?: string;
  /** `sqlite:<file>` or `postgres://…` */
  database?: string;
  /** Folder for everything that the desk keeps. */
  data?: string;
  port?: number;
  host?: string;
  logLevel?: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'silent';
  /** Trust X-Forwarded-* of this many proxies in front. */
  proxies?: number;
}

/** Helps an editor complete helpdesk.config.ts. */
export const defineConfig = (config: HelpdeskConfig): HelpdeskConfig => config;

/** A value that stands in the environment, not in the file. Read at start; a missing one is told by name. */
export function secret(name: string): string {
  const value = process.env[name];
  if (value === undefined)
    throw errors.CONFIG_INVALID({ problems: `- the environment variable ${name} is not set` });
  return value;
}

const timeZone = z.string().refine(isTimeZone, 'is no time zone; write it like "Europe/Moscow"');

export const configShape = z.strictObject({
  name: z.string().min(1).max(100).optional(),
  url: z.url({ protocol: /^https?$/ }).optional(),
  languages: z
    .array(z.enum(['ru', 'en']))
    .min(1)
    .optional(),
  timeZone: timeZone.optional(),
  plugins: z
    .array(z.custom<Plugin>((value) => typeof value === 'object' && value !== null && 'id' in value))
    .optional(),
  theme: z.string().min(1).optional(),
  site: z.string().min(1).optional(),
  database: z
    .string()
    .regex(/^(sqlite:.+|postgres(ql)?:\/\/.+)$/, 'must begin with "sqlite:" or "postgres://"')
    .optional(),
  data: z.string().min(1).optional(),
  port: z.number().int().min(0).max(65535).optional(),
  host: z.string().min(1).optional(),
  logLevel: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).optional(),
  proxies: z.number().int().min(0).max(10).optional(),
});

function isTimeZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
