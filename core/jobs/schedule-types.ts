import type { Awaitable } from '../hooks/catalogue.js';

/** Something that happens at set times, once per time however many processes there are. */
export interface Schedule {
  /** `<owner>.<verb>` */
  readonly name: string;
  /** 5 or 6 fields, as in crontab. */
  readonly pattern: string;
  /** IANA name; default UTC. */
  readonly timeZone?: string;
  readonly run: (ctx: { readonly signal: AbortSignal }) => Awaitable<unknown>;
}
