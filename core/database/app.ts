import type { Knex } from 'knex';
import type { FileStore } from '../contracts/index.js';
import type { Bus } from '../hooks/bus.js';
import type { Logger } from '../log/create-log.js';
import type { Database } from './connect.js';
import type { Keys } from './keys.js';
import type { Signals } from './signals.js';

/** What every action and query is given first. The host makes one; tests make one each. */
export interface App {
  /** The reader. Writes go through `change`. */
  readonly db: Knex;
  readonly database: Database;
  /** The hooks of the composition that runs now. */
  readonly hooks: Bus;
  readonly log: Logger;
  readonly keys: Keys;
  readonly files: FileStore;
  /** Wakes those who wait for events, jobs, intake, deliveries. */
  readonly signals: Signals;
  /** The only clock. */
  now(): Date;
  /** Named points at which tests crash the process; nothing in production. */
  fault(point: string): void;
}
