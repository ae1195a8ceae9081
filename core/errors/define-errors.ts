/** An error for the person who must act: a stable code, what happened, what to do. */
export class HelpdeskError extends Error {
  readonly code: string;
  readonly fix: string;
  /** The HTTP status with which a page or the API answers; 500 is never explained to a visitor. */
  readonly status: number;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(
    code: string,
    words: { message: string; fix: string; status: number; details: Record<string, unknown> },
  ) {
    super(words.message);
    this.name = 'HelpdeskError';
    this.code = code;
    this.fix = words.fix;
    this.status = words.status;
    this.details = words.details;
  }
}

interface ErrorEntry {
  message: string;
  fix: string;
  status?: number;
}
type Placeholders<S extends string> = S extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Placeholders<Rest>
  : never;
type Details<E extends ErrorEntry> = { [K in Placeholders<E['message'] | E['fix']>]: string | number };
type Thrower<E extends ErrorEntry> = keyof Details<E> extends never
  ? (details?: Record<string, unknown>) => HelpdeskError
  : (details: Details<E> & Record<string, unknown>) => HelpdeskError;

/** A table of errors by code. A detail that the words mention and the caller forgets does not compile. */
export function defineErrors<const T extends Record<string, ErrorEntry>>(
  table: T,
): { readonly [K in keyof T]: Thrower<T[K]> } & { readonly $table: T } {
  const throwers: Record<string, unknown> = { $table: table };
  for (const [code, entry] of Object.entries(table)) {
    throwers[code] = (details: Record<string, unknown> = {}) =>
      new HelpdeskError(code, {
        message: fill(entry.message, details),
        fix: fill(entry.fix, details),
        status: entry.status ?? 500,
        details,
      });
  }
  // The loop above makes exactly one thrower per code of the table, which the compiler cannot see.
  return throwers as { readonly [K in keyof T]: Thrower<T[K]> } & { readonly $table: T };
}

function fill(words: string, details: Record<string, unknown>): string {
  return words.replace(/\{(\w+)\}/g, (_, name: string) => String(details[name]));
}

/** Whether an unknown value is an error of ours, optionally of one code. */
export function isError(error: unknown, code?: string): error is HelpdeskError {
  return error instanceof HelpdeskError && (code === undefined || error.code === code);
}

/** The words of anything that was thrown, for a log line. */
export function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
