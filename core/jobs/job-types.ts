import type { Knex } from 'knex';
import type { Awaitable } from '../hooks/catalogue.js';

export interface JobContext {
  /** Fires when the lease is lost, the job takes too long, or the process stops. */
  readonly signal: AbortSignal;
  /** 1 for the first try. */
  readonly attempt: number;
}

/** What runs under a job's name. It may run more than once: after a crash, nobody knows how far it came. */
export interface JobDefinition {
  readonly run: (input: unknown, ctx: JobContext) => Awaitable<unknown>;
  /** Tries until the job is dead; default 10. */
  readonly maxAttempts?: number;
  /** How long one try may take, in ms; default 15 minutes. */
  readonly patienceMs?: number;
}
export type JobDefinitions = ReadonlyMap<string, JobDefinition>;

export interface EnqueueOptions {
  /** Default: now. */
  dueAt?: Date;
  /** Replaces a job that waits under the same key. */
  key?: string;
}

/** Durable background work: at least once, retried with growing pauses, then visible as dead. */
export interface Jobs {
  /**
   * Stores a job; with `trx` it commits with that transaction, with null in one of its own.
   * @throws JOB_UNKNOWN; TOO_LARGE when the input is over 64 KB of JSON
   */
  enqueue(
    trx: Knex.Transaction | null,
    name: string,
    input: unknown,
    options?: EnqueueOptions,
  ): Promise<void>;
  start(): void;
  /** Waits up to 10 s for what runs, then hands the rest back for others to take at once. */
  stop(): Promise<void>;
  /** Runs everything that is due, until nothing is. For tests and commands. */
  drain(): Promise<void>;
}

export type JobState = 'waiting' | 'running' | 'dead';
export interface JobRow {
  id: number;
  name: string;
  input: string;
  uniqueKey: string | null;
  state: JobState;
  dueAt: string;
  leaseUntil: string | null;
  fence: number;
  attempts: number;
  lastError: string | null;
  createdAt: string;
}

/** What a plugin holds of its own job. */
export interface Job<I> {
  now(input: I, options?: JobOptions): Promise<void>;
  /** @param ms from now */
  in(ms: number, input: I, options?: JobOptions): Promise<void>;
}
export interface JobOptions {
  /** Replaces a job that waits under the same key. */
  key?: string;
  /** Commits the job with this transaction; needed inside a change. */
  trx?: Knex.Transaction;
}
