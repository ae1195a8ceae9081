import type { Calendar } from '../calendar/calendar.js';
import { openSpans } from '../calendar/open-spans.js';
import { findPolicy } from '../rules/find-policy.js';
import type { Policy, RuleSet, TargetKind } from '../rules/policy.js';
import { judge, type Running } from './judge.js';
import type { Clock, Pause, Span } from './clock.js';
import {
  isDone,
  momentAfter,
  numberIn,
  subjectOf,
  unborn,
  type About,
  type LifeEvent,
  type Moment,
} from './life.js';

export interface Life {
  /** Of one ticket, in the order of the log. */
  readonly events: readonly LifeEvent[];
  readonly about: About;
}
export interface Clocks {
  /** In the order in which they began. */
  readonly clocks: readonly Clock[];
  /** The ticket at the end. */
  readonly moment: Moment;
}

/** What is in force between two boundaries. */
interface Phase {
  readonly policy: Policy | undefined;
  readonly calendar: Calendar | null;
  readonly pause: Pause | null;
  readonly words: string | undefined;
}

/**
 * Reckons every clock of a ticket from its events: what it was promised, what counted and what did not, until when.
 * @param sets in force one after the other, see `inForce`
 * @param until in ms; without it the last event or change of rules. Due times are the same for any of them.
 */
export function runClocks({ events, about }: Life, sets: readonly RuleSet[], until?: number): Clocks {
  const course = new Course(about, events);
  const steps = order(events, sets);
  for (const step of steps) {
    if (until !== undefined && step.at > until) break;
    course.goOn(step.at);
    if ('rules' in step) course.change(step);
    else course.hear(step);
  }
  if (until !== undefined) course.goOn(until);
  return { clocks: course.clocks(), moment: course.moment };
}

/** Rules first: what happens in the same moment is already under them. */
function order(events: readonly LifeEvent[], sets: readonly RuleSet[]): (LifeEvent | RuleSet)[] {
  const opened = events[0]?.at ?? 0;
  const before = sets.filter(({ at }) => at <= opened).at(-1);
  const after = sets.filter(({ at }) => at > opened);
  return [...(before ? [{ ...before, at: opened }] : []), ...after, ...events].toSorted(
    (a, b) => a.at - b.at || Number('rules' in b) - Number('rules' in a),
  );
}

/** Goes through a life once, forwards. */
class Course {
  moment: Moment = unborn;
  private set: RuleSet | undefined;
  private phase: Phase = { policy: undefined, calendar: null, pause: null, words: undefined };
  private at = 0;
  private readonly all: Running[] = [];
  private readonly takenBack: ReadonlySet<number | null>;
  private readonly about: About;
  private answers = 0;
  /** What was said to a ticket that was done: the log tells right behind it whether that opened it. */
  private saidWhileDone: LifeEvent | undefined;

  constructor(about: About, events: readonly LifeEvent[]) {
    this.about = about;
    // A reply that was taken back before it left has answered nobody.
    this.takenBack = new Set(
      events
        .filter(({ name }) => name === 'message.cancelled')
        .map(({ payload }) => numberIn(payload, 'messageId')),
    );
  }

  goOn(to: number): void {
    for (const running of this.open()) extend(running, this.phase, { from: this.at, to });
    this.at = Math.max(this.at, to);
  }

  change(set: RuleSet): void {
    this.set = set;
    this.enter('rules', null);
  }

  hear(event: LifeEvent): void {
    const wasDone = isDone(this.moment);
    this.moment = momentAfter(this.moment, event, this.about);
    this.enter(event.name, event.id);
    if (event.name === 'message.received' && isWord(event)) this.began(event);
    if (event.name === 'message.replied' && !this.takenBack.has(numberIn(event.payload, 'messageId'))) {
      this.answers += 1;
      this.end(['first', 'next'], event);
    }
    if (!wasDone && isDone(this.moment)) this.end(['first', 'next', 'solve'], event);
    if (wasDone && !isDone(this.moment)) {
      this.goOnSolving(event);
      if (this.saidWhileDone?.at === event.at) this.began(this.saidWhileDone);
    }
  }

  clocks(): Clock[] {
    return this.all.map((running) => judge(running, { until: this.at, phase: this.phase }));
  }

  private open(): Running[] {
    return this.all.filter(({ endedAt }) => endedAt === null);
  }

  /** The customer has said something. */
  private began(event: LifeEvent): void {
    if (isDone(this.moment)) {
      this.saidWhileDone = event;
      return;
    }
    if (!this.all.some(({ kind }) => kind === 'solve')) this.start('solve', event);
    if (!this.open().some(({ kind }) => kind !== 'solve'))
      this.start(this.answers === 0 ? 'first' : 'next', event);
  }

  private start(kind: TargetKind, { id, at, name }: LifeEvent): void {
    const n = this.all.filter((one) => one.kind === kind).length + 1;
    const running: Running = {
      kind,
      n,
      startedAt: at,
      startEvent: id,
      endedAt: null,
      endEvent: null,
      endCalendar: null,
      spans: [],
      norms: [],
    };
    this.all.push(running);
    this.note(running, name, id);
  }

  private end(kinds: readonly TargetKind[], { at, id }: LifeEvent): void {
    const endCalendar = this.phase.calendar;
    for (const running of this.open())
      if (kinds.includes(running.kind)) Object.assign(running, { endedAt: at, endEvent: id, endCalendar });
  }

  private goOnSolving({ at }: LifeEvent): void {
    const solve = this.all.find(({ kind }) => kind === 'solve');
    if (!solve || solve.endedAt === null) return;
    put(solve.spans, { from: solve.endedAt, to: at, kind: 'paused', pause: 'solved', calendarId: null });
    Object.assign(solve, { endedAt: null, endEvent: null });
    this.note(solve, 'ticket.reopened', null);
  }

  private enter(because: string, eventId: number | null): void {
    const policy = findPolicy(this.set?.rules, subjectOf(this.moment, this.about));
    const calendar = this.set?.rules.calendars.find(({ id }) => id === policy?.calendarId) ?? null;
    this.phase = { policy, calendar, ...pauseOf(this.moment, policy) };
    for (const running of this.open()) this.note(running, because, eventId);
  }

  private note(running: Running, because: string, eventId: number | null): void {
    const { policy } = this.phase;
    const norm = normOf(policy, running.kind, this.moment.priority);
    const last = running.norms.at(-1);
    if (last && last.norm === norm && last.policy?.id === policy?.id) return;
    const named = policy ? { id: policy.id, name: policy.name } : null;
    running.norms.push({ at: this.at, because, eventId, policy: named, norm });
  }
}

const isWord = ({ payload }: LifeEvent) => payload['auto'] === null || payload['auto'] === undefined;

function normOf(policy: Policy | undefined, kind: TargetKind, priority: number): number | null {
  const key = priority === 1 || priority === 3 || priority === 4 ? priority : 2;
  const minutes = policy?.norms[key][kind];
  return minutes === null || minutes === undefined ? null : minutes * 60_000;
}

function pauseOf(moment: Moment, policy: Policy | undefined): Pick<Phase, 'pause' | 'words'> {
  if (moment.stopped !== null) return { pause: 'hand', words: moment.stopped };
  const { category } = moment;
  if (isDone(moment)) return { pause: 'solved', words: undefined };
  if (category === 'waiting_customer' && policy?.pauses.customer)
    return { pause: 'customer', words: undefined };
  if (category === 'waiting_other' && policy?.pauses.other) return { pause: 'other', words: undefined };
  if (moment.isSnoozed && policy?.pauses.snoozed) return { pause: 'snoozed', words: undefined };
  return { pause: null, words: undefined };
}

function extend(running: Running, phase: Phase, { from, to }: { from: number; to: number }): void {
  if (to <= from) return;
  const calendarId = phase.calendar?.id ?? null;
  const norm = running.norms.at(-1)?.norm ?? null;
  const pause = norm === null ? 'norm' : phase.pause;
  if (pause !== null) {
    const words = pause === 'hand' && phase.words !== undefined ? { words: phase.words } : {};
    put(running.spans, { from, to, kind: 'paused', pause, ...words, calendarId });
    return;
  }
  let at = from;
  for (const span of openSpans(phase.calendar, from, to)) {
    if (span.from > at) put(running.spans, { from: at, to: span.from, kind: 'closed', calendarId });
    put(running.spans, { ...span, kind: 'counted', calendarId });
    at = span.to;
  }
  if (at < to) put(running.spans, { from: at, to, kind: 'closed', calendarId });
}

/** Behind the others; with the last one when it goes on. */
function put(spans: Span[], span: Span): void {
  if (span.to <= span.from) return;
  const last = spans.at(-1);
  const goesOn =
    last?.to === span.from &&
    last.kind === span.kind &&
    last.pause === span.pause &&
    last.words === span.words &&
    last.calendarId === span.calendarId;
  if (last && goesOn) spans[spans.length - 1] = { ...last, to: span.to };
  else spans.push(span);
}
