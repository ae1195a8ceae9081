import type { Calendar } from '../calendar/calendar.js';
import { addWorkingTime } from '../calendar/working-time.js';
import type { Policy } from '../rules/policy.js';
import type { Clock, ClockState, Norm, Pause, Span } from './clock.js';

/** A clock whose time is still gathered. */
export interface Running {
  readonly kind: Clock['kind'];
  readonly n: number;
  readonly startedAt: number;
  readonly startEvent: number;
  readonly endedAt: number | null;
  readonly endEvent: number | null;
  /** By which it went when it ended. */
  readonly endCalendar: Calendar | null;
  readonly spans: Span[];
  readonly norms: Norm[];
}

interface Now {
  readonly until: number;
  readonly phase: {
    readonly calendar: Calendar | null;
    readonly pause: Pause | null;
    readonly policy: Policy | undefined;
  };
}

/** What a clock comes to: the norm that is in force at its end decides, all time counted before is kept. */
export function judge(running: Running, { until, phase }: Now): Clock {
  const { policy = null, norm = null } = running.norms.at(-1) ?? {};
  const used = running.spans.reduce(
    (sum, span) => sum + (span.kind === 'counted' ? span.to - span.from : 0),
    0,
  );
  const state = stateOf(running, { norm, used, pause: phase.pause });
  const reach = (wanted: number) => whenReached(running, { wanted, used, until, phase, state });
  const warned = norm === null ? null : warnedBy(phase.policy, norm);
  const { kind, n, startedAt, startEvent, endedAt, endEvent, spans, norms } = running;
  return {
    kind,
    n,
    startedAt,
    startEvent,
    endedAt,
    endEvent,
    spans,
    norms,
    policyId: policy?.id ?? null,
    norm,
    used,
    state,
    dueAt: norm === null ? null : reach(norm),
    warnAt: warned === null || endedAt !== null ? null : reach(warned),
  };
}

function stateOf(
  { endedAt }: Running,
  { norm, used, pause }: { norm: number | null; used: number; pause: Pause | null },
): ClockState {
  if (norm === null) return 'none';
  if (endedAt !== null) return used <= norm ? 'met' : 'missed';
  return pause === null ? 'running' : 'paused';
}

interface Reaching {
  readonly wanted: number;
  readonly used: number;
  readonly until: number;
  readonly phase: Now['phase'];
  readonly state: ClockState;
}

/** When the counted time comes to so much: found in what has passed, or ahead as if nothing else happened. */
function whenReached(running: Running, { wanted, used, until, phase, state }: Reaching): number | null {
  // What stands has not run over by standing at its very end.
  if (used > wanted || (used === wanted && state !== 'paused'))
    return Math.max(momentOf(running.spans, wanted), inForceSince(running.norms));
  if (state === 'paused') return null;
  const { endedAt, endCalendar } = running;
  return endedAt === null
    ? addWorkingTime(phase.calendar, until, wanted - used)
    : addWorkingTime(endCalendar, endedAt, wanted - used);
}

function momentOf(spans: readonly Span[], wanted: number): number {
  let left = wanted;
  for (const { kind, from, to } of spans) {
    if (kind !== 'counted') continue;
    if (to - from >= left) return from + left;
    left -= to - from;
  }
  return spans.at(-1)?.to ?? 0;
}

/** A norm that was made shorter cannot have been over before it was. */
function inForceSince(norms: readonly Norm[]): number {
  const norm = norms.at(-1)?.norm;
  const before = norms.findLastIndex((one) => one.norm !== norm);
  return norms[before + 1]?.at ?? 0;
}

function warnedBy(policy: Policy | undefined, norm: number): number | null {
  const warn = policy?.warn;
  if (!warn) return null;
  return Math.max(
    0,
    warn.unit === 'percent' ? (norm * Math.min(warn.value, 100)) / 100 : norm - warn.value * 60_000,
  );
}
