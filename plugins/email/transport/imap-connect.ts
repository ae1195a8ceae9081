import { ImapFlow } from 'imapflow';
import { withDeadline } from './deadline.js';
import type { ImapSettings } from './imap-settings.js';

export interface ConnectLimits {
  /** For connecting, for the greeting, and for every silence after it. */
  silenceMs: number;
  /** No answer of the server may be longer. */
  maxAnswerBytes: number;
  /** Gives up connecting. */
  signal?: AbortSignal;
}

const MIB = 1024 * 1024;
const usualLimits: ConnectLimits = { silenceMs: 30_000, maxAnswerBytes: 16 * MIB };

/** Connect and sign in, within twice the silence; rejects with the library's error (see explainTrouble). */
export async function connectImap(settings: ImapSettings, limits = usualLimits): Promise<ImapFlow> {
  const client = new ImapFlow({
    host: settings.host,
    port: settings.port,
    secure: settings.secure === 'tls',
    ...(settings.secure === 'tls' ? {} : { doSTARTTLS: settings.secure === 'starttls' }),
    auth: { user: settings.user, pass: settings.password },
    tls: { minVersion: 'TLSv1.2', rejectUnauthorized: true, ...settings.tls },
    logger: false,
    disableAutoIdle: true,
    // Some servers announce these and then misbehave; nothing here needs them.
    disableCompression: true,
    disableBinary: true,
    connectionTimeout: limits.silenceMs,
    greetingTimeout: limits.silenceMs,
    socketTimeout: limits.silenceMs,
    maxLineLength: 8 * MIB,
    maxLiteralSize: limits.maxAnswerBytes,
    maxResponseSize: limits.maxAnswerBytes + 9 * MIB,
  });
  // Without a listener a lost connection would end the process; whoever awaits a command hears of it there.
  client.on('error', () => undefined);
  const abort = (): void => client.close();
  limits.signal?.addEventListener('abort', abort, { once: true });
  try {
    await withDeadline(client.connect(), { ms: limits.silenceMs * 2, what: 'signing in' });
    return client;
  } catch (error) {
    client.close();
    throw error;
  } finally {
    limits.signal?.removeEventListener('abort', abort);
  }
}
