import {
  assignTicket,
  change,
  createTeam,
  setPriority,
  solveTicket,
  transferTicket,
  type Engine,
} from '@helpdesk/core';
import type { TestDesk } from '@helpdesk/core/testing';
import { reporting } from '../../plugins/reporting/index.js';
import { putInSegment } from '../../plugins/routing/segments/put-in-segment.js';
import { sla } from '../../plugins/sla/index.js';
import { savePolicy } from '../sla/sla-desk.js';
import { startSurveysDesk, system, type SurveysDesk } from '../surveys/surveys-desk.js';
import { visitAs } from './visit.js';

export interface OutcomesDesk {
  readonly at: SurveysDesk;
  /** By mark. */
  readonly segments: ReadonlyMap<string, number>;
  readonly ids: readonly number[];
  page(path: string): Promise<string>;
}

const MINUTE = 60_000;

/** Ten in the morning of the next working day in Moscow, by whose hours the norms go. */
function untilMorning({ app, clock }: TestDesk): void {
  const next = new Date(app.now());
  do next.setUTCDate(next.getUTCDate() + 1);
  while ([0, 6].includes(next.getUTCDay()));
  next.setUTCHours(7, 0, 0, 0);
  clock.pass(next.getTime() - app.now().getTime());
}

/**
 * Two weeks of a desk in which norms are kept and missed and customers answer surveys: everything moves on afterwards, so
 * that what a ticket is now differs from what it was when it was counted.
 */
export async function startOutcomesDesk(engine: Engine, { late }: { late: boolean }): Promise<OutcomesDesk> {
  const on = ['routing', 'surveys', 'sla', ...(late ? [] : ['reporting'])];
  const at = await startSurveysDesk(engine, 'en', { plugins: [sla(), reporting()], on });
  const { desk } = at;
  const { app } = desk;
  const segments = new Map(
    (await app.db('routing_segments').select<{ id: number; mark: string }[]>('id', 'mark')).map(
      ({ id, mark }) => [mark, id],
    ),
  );
  const teams: number[] = [];
  for (const name of ['First', 'Second']) {
    const made = await createTeam(app, { name, actor: system });
    if (!made.ok) throw new Error(made.because);
    teams.push(made.teamId);
  }
  await savePolicy(desk, { minutes: { first: 60, next: 120, solve: 100 } });
  await at.survey('nps', { delayHours: 1 });
  const ids: number[] = [];
  const names = ['Ann', 'Bob', 'Cid', 'Dan', 'Eve', 'Fay', 'Gus', 'Hal', 'Ida', 'Joe', 'Kim', 'Lee'];
  for (const [i, name] of names.entries()) {
    untilMorning(desk);
    const contactId = await at.contact(name);
    const put = (mark: string) =>
      change(app, (step) =>
        putInSegment(step, { contactId, segmentId: segments.get(mark) ?? 0, source: 'hand', actor: system }),
      );
    const ticketId = await at.letter(contactId);
    ids.push(ticketId);
    // After the first letter, as rules do it.
    if (i % 4 !== 3) await put(i % 2 === 0 ? 'VIP' : 'B');
    await transferTicket(app, { ticketId, teamId: teams[i % 2] ?? 0, actor: system });
    if (i % 3 === 0) await setPriority(app, { ticketId, priority: 3, actor: system });
    // Some first answers are late, and some are not there yet.
    if (i !== 11) {
      desk.clock.pass((i % 3) * 40 * MINUTE);
      await at.answer(ticketId);
    }
    if (i % 5 === 0) {
      await at.letter(contactId, { ticketId });
      desk.clock.pass((i % 2 === 0 ? 30 : 150) * MINUTE);
      await at.answer(ticketId);
    }
    if (i < 10) {
      const actor = { kind: 'agent', id: desk.owner.id } as const;
      await solveTicket(app, { ticketId, actor });
      await desk.drain();
      await at.pass(2);
      if (i % 4 !== 1) await at.respond(at.link(), { score: String((i * 3) % 11) });
    }
    // What comes later changes nothing of what was counted.
    if (i === 0) {
      await put('D');
      await transferTicket(app, { ticketId, teamId: teams[1] ?? 0, actor: system });
      await assignTicket(app, { ticketId, assigneeId: desk.owner.id, actor: system });
    }
    await desk.drain();
  }
  if (late) await app.switchPlugin('reporting', true, system);
  await at.pass(72);
  const get = await visitAs(desk);
  return { at, segments, ids, page: async (path) => (await get(`/desk/reporting${path}`)).text() };
}
