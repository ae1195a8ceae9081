import type { TargetKind } from '../rules/policy.js';

/** Why time does not count. `solved`: until it was opened again; `norm`: no policy holds, or it has no norm for this. */
export type Pause = 'customer' | 'other' | 'snoozed' | 'hand' | 'solved' | 'norm';

/** A piece of a clock's time; all in ms, the end is outside. */
export interface Span {
  readonly from: number;
  readonly to: number;
  /** `closed`: outside of the calendar's hours. */
  readonly kind: 'counted' | 'closed' | 'paused';
  readonly pause?: Pause;
  /** The words of whoever stopped it by hand. */
  readonly words?: string;
  readonly calendarId: number | null;
}

/** Which norm is in force from a moment on, and the event that brought it. */
export interface Norm {
  readonly at: number;
  /** An event's name; `rules`: the rules were changed. */
  readonly because: string;
  readonly eventId: number | null;
  readonly policy: { readonly id: number; readonly name: string } | null;
  /** In ms; null: none. */
  readonly norm: number | null;
}

/** `none`: no norm is in force. */
export type ClockState = 'running' | 'paused' | 'met' | 'missed' | 'none';

/** One promise to a customer and what became of it. Times in ms since 1970, lengths in ms. */
export interface Clock {
  readonly kind: TargetKind;
  /** 1 but for next answers, which are counted. */
  readonly n: number;
  readonly startedAt: number;
  readonly startEvent: number;
  readonly endedAt: number | null;
  readonly endEvent: number | null;
  readonly spans: readonly Span[];
  /** The first holds from the start. */
  readonly norms: readonly Norm[];
  readonly policyId: number | null;
  readonly norm: number | null;
  readonly used: number;
  readonly state: ClockState;
  /** The last moment that is in time; null: none is in force, or it stands and nobody knows. */
  readonly dueAt: number | null;
  /** From when on it is time to warn; null as with `dueAt`. */
  readonly warnAt: number | null;
}
