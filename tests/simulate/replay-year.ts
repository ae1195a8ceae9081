import { createContact, findTicket, openTicket, solveTicket, type HostApp } from '@helpdesk/core';
import { chooseAssignee } from '../../plugins/routing/assign/choose-assignee.js';
import { savePerson } from '../../plugins/routing/assign/save-person.js';
import { listRules, type RuleRecord } from '../../plugins/routing/rules/list-rules.js';
import { runRules, type Runner } from '../../plugins/routing/run/run-rules.js';
import { findWork } from '../../plugins/routing/tiers/find-work.js';
import { giveBack } from '../../plugins/routing/tiers/give-back.js';
import { handOver } from '../../plugins/routing/tiers/hand-over.js';
import { actor, buildCompany, type Built, type Mode } from './build-company.js';
import { company, type GroupKey } from './company.js';
import type { Request } from './tell-year.js';

/** What became of one request. */
export interface Outcome {
  readonly group: GroupKey;
  /** Who owned it; `nobody`: it stayed unassigned. */
  readonly owner: 'manager' | 'centre' | 'nobody';
  /** The customer's own manager, or his deputy, owned it or helped. */
  readonly wasHandedOver: boolean;
  readonly managerMinutes: number;
  readonly centreMinutes: number;
}

const DAY_MS = 24 * 3_600_000;

/** Tells a year to a desk that works in one way, and notes whose time each request took. */
export async function replayYear(mode: Mode, year: readonly Request[], from: Date): Promise<Outcome[]> {
  const built = await buildCompany(mode, from);
  const { app, clock } = built.desk;
  try {
    const rules = await listRules(app.db);
    const absences = planAbsences(built.managers, from);
    const underWay: { until: number; ticketId: number }[] = [];
    const outcomes: Outcome[] = [];
    for (const request of year) {
      while (absences[0] && absences[0].from <= request.at) {
        const { agentId, from: first, until } = absences.shift() ?? absences[0];
        await savePerson(app, { agentId, awayFrom: dayOf(first), awayUntil: dayOf(until), actor });
      }
      for (const done of underWay.filter(({ until }) => until <= request.at.getTime())) {
        underWay.splice(underWay.indexOf(done), 1);
        await solveTicket(app, { ticketId: done.ticketId, actor });
      }
      clock.set(request.at);
      const { ticketId, outcome } = await handle(built, rules, request);
      outcomes.push(outcome);
      const minutes = outcome.managerMinutes + outcome.centreMinutes;
      underWay.push({ ticketId, until: request.at.getTime() + minutes * 60_000 });
    }
    return outcomes;
  } finally {
    await built.desk.close();
  }
}

/** Managers are away one after another, spread over the year, in two halves. */
function planAbsences(managers: readonly number[], from: Date) {
  const half = (company.weeksAway / 2) * 7;
  const step = 365 / 2 / managers.length;
  return [0, 1].flatMap((part) =>
    managers.map((agentId, i) => {
      const first = new Date(from.getTime() + Math.floor(part * (365 / 2) + i * step) * DAY_MS);
      return { agentId, from: first, until: new Date(first.getTime() + (half - 1) * DAY_MS) };
    }),
  );
}
const dayOf = (at: Date) => at.toISOString().slice(0, 10);

async function handle(built: Built, rules: readonly RuleRecord[], request: Request) {
  const { app } = built.desk;
  const ticketId = await open(built, request);
  await runRules(runnerOf(app), rules, { key: `event:${ticketId}`, trigger: 'opened', ticketId, chain: [] });
  const { assigneeId } = await findTicket(app.db, ticketId);
  const owner = assigneeId === null ? 'nobody' : built.managers.includes(assigneeId) ? 'manager' : 'centre';
  const wasHandedOver = owner === 'centre' && request.needsManager;
  if (wasHandedOver && assigneeId !== null) await askManager(built, { ticketId, agentId: assigneeId });
  return {
    ticketId,
    outcome: {
      group: request.group,
      owner,
      wasHandedOver,
      ...timeOf(request, owner, wasHandedOver),
    } as const,
  };
}

const runnerOf = (app: HostApp): Runner => ({
  app,
  choose: chooseAssignee,
  limits: () => ({ depth: 5, visits: 10, replies: 5 }),
});

/** What nobody could take, managers do all the same. */
function timeOf({ managerMinutes, centreMinutes }: Request, owner: Outcome['owner'], wasHandedOver: boolean) {
  if (owner !== 'centre') return { managerMinutes, centreMinutes: 0 };
  if (!wasHandedOver) return { managerMinutes: 0, centreMinutes };
  return {
    managerMinutes: managerMinutes * company.leftForManager + company.readMinutes,
    centreMinutes: centreMinutes + company.cardMinutes,
  };
}

async function open(
  { desk: { app, owner }, clients }: Built,
  { group, client, kind }: Request,
): Promise<number> {
  const contactId =
    clients.get(group)?.[client] ??
    (await createContact(app, { name: 'Somebody new', identities: [], actor }));
  const { ticketId } = await openTicket(app, {
    contactId,
    lineId: 1,
    subject: kind.name,
    text: kind.name,
    agentId: owner.id,
    first: { kind: 'heard', channel: 'phone' },
    actor,
  });
  return ticketId;
}

/** The centre asks the customer's manager, or the one who stands in; a new customer's request goes to whoever has the fewest open. */
async function askManager(
  { desk: { app }, managersTeam }: Built,
  { ticketId, agentId }: { ticketId: number; agentId: number },
): Promise<void> {
  const own = await chooseAssignee(app, { strategy: 'manager', teamId: null, ticketId, isDry: true });
  const any = { strategy: 'load', teamId: managersTeam, ticketId, isDry: true } as const;
  const workerId = own.agentId ?? (await chooseAssignee(app, any)).agentId;
  const card = { wanted: 'an answer', tried: 'looked it up', promised: 'today', promisedAt: null };
  const by = { kind: 'agent', id: agentId } as const;
  const done = await handOver(app, { ticketId, toTeamId: managersTeam, workerId, card, agentId, actor: by });
  if (!done.ok) throw new Error(done.because);
  const work = await findWork(app.db, ticketId);
  if (work)
    await giveBack(app, {
      ticketId,
      handoverId: work.handoverId,
      text: '',
      agentId: work.workerId ?? agentId,
      actor,
    });
}
