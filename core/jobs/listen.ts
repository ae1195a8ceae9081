import type { Client } from 'pg';
import type { App } from '../database/app.js';
import type { SignalName } from '../database/signals.js';

/** Passes what other processes did on PostgreSQL on to the signals of this one. */
export interface PostgresListener {
  /** Resolves when it listens, or after the first failed try; it goes on trying. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

const CHANNELS = new Map<string, SignalName>([
  ['helpdesk_events', 'events'],
  ['helpdesk_jobs', 'jobs'],
]);
const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 30_000;

/** One connection that LISTENs and comes back by itself; whatever it misses is found by polling. */
export function createPostgresListener(url: string, app: App): PostgresListener {
  let client: Client | undefined;
  let isStopped = true;
  let pauseMs = FIRST_PAUSE_MS;
  let timer: NodeJS.Timeout | undefined;

  function comeBack(): void {
    if (isStopped) return;
    timer = setTimeout(() => void open(), pauseMs);
    pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
  }

  async function open(): Promise<void> {
    const { default: pg } = await import('pg');
    const opened = new pg.Client({
      connectionString: url,
      application_name: 'helpdesk-listener',
      keepAlive: true,
    });
    client = opened;
    opened.on('error', (error) => app.log.warn({ err: error }, 'the database listener lost its connection'));
    opened.on('notification', ({ channel }) => wake(app, channel));
    try {
      await opened.connect();
      opened.once('end', comeBack);
      for (const channel of CHANNELS.keys()) await opened.query(`listen ${channel}`);
      pauseMs = FIRST_PAUSE_MS;
      // Something may have happened while nobody listened.
      for (const channel of CHANNELS.keys()) wake(app, channel);
    } catch (error) {
      app.log.warn({ err: error }, 'the database listener cannot connect');
      opened.off('end', comeBack);
      await opened.end().catch(() => undefined);
      comeBack();
    }
  }

  return {
    async start() {
      if (!isStopped) return;
      isStopped = false;
      await open();
    },
    async stop() {
      isStopped = true;
      clearTimeout(timer);
      await client?.end().catch(() => undefined);
    },
  };
}

function wake(app: App, channel: string): void {
  const signal = CHANNELS.get(channel);
  if (signal) app.signals.wake(signal);
}
