import { createApp, createLog, resolveConfig, type HostApp } from '@helpdesk/core';
import type { Knex } from 'knex';

export interface OpenDatabase {
  readonly db: Knex;
  readonly app: HostApp;
  readonly files: HostApp['files'];
  close(): Promise<void>;
}

/** A second look at the database of a worker: a desk that does not work. */
export async function openDatabase(url: string, folder: string): Promise<OpenDatabase> {
  const config = resolveConfig({ database: url, data: folder }, { env: {} });
  const desk = await createApp(config, { log: createLog('silent') });
  return { db: desk.app.db, app: desk.app, files: desk.app.files, close: () => desk.close() };
}
