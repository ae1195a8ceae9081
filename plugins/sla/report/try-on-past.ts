import { seenBy, type TicketViewer } from '@helpdesk/core';
import type { Knex } from 'knex';
import { runClocks } from '../clock/run-clocks.js';
import { readLives } from '../keep/read-lives.js';
import type { Rules, TargetKind } from '../rules/policy.js';
import type { Segments } from '../segments.js';

/** The newest tickets of the period that are looked at. */
export const TRIED_MOST = 2000;
const AT_A_TIME = 100;
const LATE_MOST = 200;

export interface Trial {
  readonly tickets: number;
  /** There are more in the period than were looked at. */
  readonly isCut: boolean;
  /** By target, team and priority: how many were in time, of how many that are decided. */
  readonly counts: readonly Count[];
  readonly late: readonly Late[];
  readonly lateTotal: number;
}
export interface Count {
  readonly kind: TargetKind;
  readonly teamId: number | null;
  readonly priority: number;
  readonly met: number;
  readonly total: number;
}
export interface Late {
  readonly ticketId: number;
  readonly number: number;
  readonly subject: string;
  readonly kind: TargetKind;
  readonly n: number;
  /** In ms. */
  readonly dueAt: number;
  readonly endedAt: number | null;
}

interface TryOnPast {
  readonly rules: Rules;
  /** Only what falls under this policy is counted. */
  readonly policyId: number;
  /** When tickets were opened, in ms. */
  readonly from: number;
  readonly to: number;
  readonly now: number;
  readonly viewer: TicketViewer;
  readonly segments: Segments | undefined;
}

/** What rules would have come to, had they always been. Nothing is written. */
export async function tryOnPast(db: Knex, wanted: TryOnPast): Promise<Trial> {
  const tickets: { id: number; number: number; subject: string }[] = await db('tickets')
    .where('openedAt', '>=', iso(wanted.from))
    .where('openedAt', '<', iso(wanted.to))
    .modify((query) => seenBy(query, wanted.viewer))
    .orderBy('id', 'desc')
    .limit(TRIED_MOST + 1)
    .select('id', 'number', 'subject');
  const looked = tickets.slice(0, TRIED_MOST);
  const counts = new Map<string, { -readonly [K in keyof Count]: Count[K] }>();
  const late: Late[] = [];
  const touched = new Set<number>();
  for (let at = 0; at < looked.length; at += AT_A_TIME) {
    const some = looked.slice(at, at + AT_A_TIME);
    const lives = await readLives(
      db,
      some.map(({ id }) => id),
      wanted.segments,
    );
    for (const ticket of some) {
      const life = lives.get(ticket.id);
      if (life) weigh(ticket, runClocks(life, [always(wanted.rules)], wanted.now));
    }
  }
  return {
    tickets: touched.size,
    isCut: tickets.length > looked.length,
    counts: [...counts.values()],
    late: late.slice(0, LATE_MOST),
    lateTotal: late.length,
  };

  function weigh(ticket: (typeof looked)[number], { clocks, moment }: ReturnType<typeof runClocks>): void {
    for (const { kind, n, state, dueAt, endedAt, policyId } of clocks) {
      if (policyId !== wanted.policyId) continue;
      touched.add(ticket.id);
      const isLate = state === 'missed' || (endedAt === null && dueAt !== null && dueAt < wanted.now);
      if (!isLate && state !== 'met') continue;
      const { teamId, priority } = moment;
      const key = `${kind} ${teamId} ${priority}`;
      const count = counts.get(key) ?? { kind, teamId, priority, met: 0, total: 0 };
      count.total += 1;
      if (!isLate) count.met += 1;
      counts.set(key, count);
      if (isLate && dueAt !== null)
        late.push({
          ticketId: ticket.id,
          number: ticket.number,
          subject: ticket.subject,
          kind,
          n,
          dueAt,
          endedAt,
        });
    }
  }
}

const always = (rules: Rules) => ({ id: 0, at: -Infinity, applies: 'beginning' as const, rules });
const iso = (at: number) => new Date(at).toISOString();
