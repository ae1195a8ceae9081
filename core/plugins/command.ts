import type { Readable, Writable } from 'node:stream';
import type { Awaitable } from '../hooks/catalogue.js';
import type { HostApp } from './host-app.js';

export interface CommandInput {
  readonly args: readonly string[];
  readonly options: Readonly<Record<string, string | boolean | undefined>>;
  readonly input: Readable;
  readonly output: Writable;
  readonly errors: Writable;
}

interface Described {
  /** `<plugin>:<verb>` */
  readonly name: string;
  /** One line for the list of commands, in English. */
  readonly summary: string;
  /** As `<file>` or `[file]`, one each. */
  readonly args?: readonly string[];
  readonly options?: readonly { readonly flags: string; readonly summary: string }[];
}

/** A command of `helpdesk`. What `run` returns is the exit code; 0 when it returns nothing. */
export type CommandDefinition = Described &
  (
    | {
        /** Runs without a database. */ readonly needs: 'nothing';
        run(input: CommandInput): Awaitable<number | void>;
      }
    | { readonly needs: 'app'; run(input: CommandInput & { app: HostApp }): Awaitable<number | void> }
  );
