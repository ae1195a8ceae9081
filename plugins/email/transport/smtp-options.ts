import type { SMTPPoolOptions } from 'nodemailer';

/** `tls`: from the first byte (465); `starttls`: must be upgraded before signing in (587); `none`: never. */
export type Security = 'tls' | 'starttls' | 'none';

export interface SmtpSettings {
  host: string;
  port: number;
  secure: Security;
  /** No user: no sign-in. */
  user?: string;
  password?: string;
  /** Certificates are checked unless this says false. */
  tls?: { rejectUnauthorized?: boolean; ca?: string };
  /** What we call ourselves in EHLO; the machine's name when absent. */
  ehloName?: string;
  /** Connections kept open at most; 2 when absent. */
  connections?: number;
  /** Mails per connection at most; 50 when absent. */
  mailsPerConnection?: number;
  /** How long a server may be silent: 30 s before it greets, 2 minutes after. */
  timeouts?: { connectMs?: number; silenceMs?: number };
}

/** The library's options for one account. STARTTLS is demanded, never taken only when offered. */
export function smtpOptions(settings: SmtpSettings): SMTPPoolOptions {
  const { connectMs = 30_000, silenceMs = 120_000 } = settings.timeouts ?? {};
  return {
    host: settings.host,
    port: settings.port,
    secure: settings.secure === 'tls',
    requireTLS: settings.secure === 'starttls',
    ignoreTLS: settings.secure === 'none',
    tls: { minVersion: 'TLSv1.2', rejectUnauthorized: true, ...settings.tls },
    maxConnections: settings.connections ?? 2,
    maxMessages: settings.mailsPerConnection ?? 50,
    idleTimeout: 20_000,
    maxRequeues: 3,
    connectionTimeout: connectMs,
    dnsTimeout: connectMs,
    greetingTimeout: connectMs,
    socketTimeout: silenceMs,
    disableUrlAccess: true,
    logger: false,
    ...(settings.user === undefined ? {} : { auth: { user: settings.user, pass: settings.password ?? '' } }),
    ...(settings.ehloName === undefined ? {} : { name: settings.ehloName.replaceAll(/[^\w.:[\]-]/g, '') }),
  };
}
