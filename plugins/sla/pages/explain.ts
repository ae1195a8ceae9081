import { findTicket, type App, type TicketViewer } from '@helpdesk/core';
import { runClocks, type Clocks } from '../clock/run-clocks.js';
import type { Clock, Span } from '../clock/clock.js';
import { ownDue } from '../keep/apply-due.js';
import { readLives } from '../keep/read-lives.js';
import { currentRules, listRuleSets } from '../rules/list-rules.js';
import type { Segments } from '../segments.js';
import type { Say } from './names.js';

export interface Explained {
  readonly ticket: Awaited<ReturnType<typeof findTicket>>;
  readonly clocks: Clocks;
  /** By id, as they are called now. */
  readonly calendars: ReadonlyMap<number, string>;
  /** The date that an agent has set, ISO text. */
  readonly ownDue: string | null;
}

/** @throws TICKET_UNKNOWN, also for one that the viewer may not see */
export async function explain(
  app: App,
  {
    ticketId,
    viewer,
    segments,
  }: { ticketId: number; viewer: TicketViewer | null; segments: Segments | undefined },
): Promise<Explained> {
  const ticket = await (viewer ? findTicket(app.db, ticketId, viewer) : findTicket(app.db, ticketId));
  const [lives, sets, rules, own] = await Promise.all([
    readLives(app.db, [ticketId], segments),
    listRuleSets(app.db),
    currentRules(app.db),
    ownDue(app.db, ticketId),
  ]);
  const life = lives.get(ticketId) ?? {
    events: [],
    about: { hats: new Map(), reasons: new Map(), segmentId: null },
  };
  return {
    ticket,
    clocks: runClocks(life, sets, app.now().getTime()),
    calendars: new Map(rules.calendars.map(({ id, name }) => [id, name])),
    ownDue: own,
  };
}

/** `over` also while it still runs. */
export function toneOf(
  { state, dueAt, warnAt, endedAt }: Clock,
  now: number,
): 'over' | 'soon' | 'ok' | 'pause' | 'none' {
  if (state === 'missed') return 'over';
  if (state === 'none') return 'none';
  if (endedAt === null && dueAt !== null && dueAt < now) return 'over';
  if (state === 'paused') return 'pause';
  return endedAt === null && warnAt !== null && warnAt <= now ? 'soon' : 'ok';
}

const wordOf = (clock: Clock, now: number): string => {
  if (clock.state === 'met' || clock.state === 'missed' || clock.state === 'none') return clock.state;
  return toneOf(clock, now) === 'over' ? 'over' : clock.state;
};

interface PresentClock {
  readonly t: Say;
  readonly now: number;
  readonly calendars: Explained['calendars'];
  /** A moment in words, with the time of day: what is told is why it was minutes. */
  moment(ms: number): string;
  /** Working time in words. */
  length(seconds: number): string;
}

/** One clock in words: its state, each piece of its time, each norm with the event that brought it. */
export function presentClock(
  clock: Clock,
  { t, now, calendars, moment, length }: PresentClock,
): Record<string, unknown> {
  const { kind, n, startedAt, endedAt, dueAt, used, norm, spans, norms } = clock;
  return {
    title: kind === 'next' ? t('sla.target.nextOf', { n }) : t(`sla.target.${kind}`),
    tone: toneOf(clock, now),
    state: t(`sla.state.${wordOf(clock, now)}`),
    startedAt: iso(startedAt),
    endedAt: iso(endedAt),
    dueAt: iso(dueAt),
    started: moment(startedAt),
    ended: endedAt === null ? undefined : moment(endedAt),
    due: dueAt === null ? undefined : moment(dueAt),
    used: length(Math.floor(used / 1000)),
    norm: norm === null ? undefined : length(norm / 1000),
    left:
      norm === null || endedAt !== null || used > norm ? undefined : length(Math.floor((norm - used) / 1000)),
    late: norm === null || used <= norm ? undefined : length(Math.ceil((used - norm) / 1000)),
    spans: spans.map((span) => ({
      when: `${moment(span.from)} – ${moment(span.to)}`,
      seconds: Math.floor((span.to - span.from) / 1000),
      isCounted: span.kind === 'counted',
      words: spanWords(span, { t, calendars }),
    })),
    norms: norms.map(({ at, because, policy, norm: given }) => ({
      when: moment(at),
      because: t(`sla.because.${because.replace('.', '-')}`),
      policy: policy?.name ?? t('sla.noPolicy'),
      norm: given === null ? undefined : length(given / 1000),
    })),
  };
}

function spanWords(span: Span, { t, calendars }: { t: Say; calendars: Explained['calendars'] }): string {
  const calendar =
    span.calendarId === null ? t('sla.always') : (calendars.get(span.calendarId) ?? t('sla.calendar.gone'));
  if (span.kind === 'counted') return t('sla.span.counted', { calendar });
  if (span.kind === 'closed') return t('sla.span.closed', { calendar });
  if (span.pause === 'hand') return t('sla.span.hand', { reason: span.words || t('sla.span.noReason') });
  return t(`sla.span.${span.pause ?? 'norm'}`);
}

/** 12 Mar, 14:10; with the year when it is another one. */
export function momentWords(
  ms: number,
  { language, timeZone, now }: { language: string; timeZone: string; now: number },
): string {
  const yearOf = (at: number) => new Intl.DateTimeFormat('en', { timeZone, year: 'numeric' }).format(at);
  const year = yearOf(ms) === yearOf(now) ? {} : ({ year: 'numeric' } as const);
  const parts = {
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  } as const;
  // "en" alone means American order (Mar 12).
  const locale = language === 'en' ? 'en-GB' : language;
  return new Intl.DateTimeFormat(locale, { timeZone, ...parts, ...year }).format(ms);
}

const iso = (at: number | null) => (at === null ? undefined : new Date(at).toISOString());
