import { change, findTicket, listTeams, type Change, type HostApp, type TicketRecord } from '@helpdesk/core';
import type { Knex } from 'knex';
import { readAssignSettings, weightsOf } from './assign-settings.js';
import { chooseManager } from './choose-manager.js';
import { listPeople, type Person } from './list-people.js';
import { measureLoad, ON_THE_WAY_MS } from './measure-load.js';
import { requiredSkills } from './required-skills.js';
import { siftPeople, type Passed } from './sift-people.js';

export type Strategy = 'manager' | 'roundRobin' | 'load' | 'available';
export const strategies: readonly Strategy[] = ['manager', 'roundRobin', 'load', 'available'];

export interface ChooseAssignee {
  strategy: Strategy;
  /** Among whom; null: everybody. The account manager is asked whatever his team. */
  teamId: number | null;
  ticketId: number;
  /** Beside the tags of the ticket that are somebody's skill. */
  skill?: string | null;
  /** Only asks: takes no turn and holds nothing for the ticket. */
  isDry?: boolean;
}

/** Who, or nobody, and why: a text key with its values. `passed` among them: who was not asked, see `sayWhy`. */
export interface Choice {
  readonly agentId: number | null;
  readonly why: { readonly key: string; readonly values: Record<string, unknown> };
}

/**
 * Chooses who shall own a ticket; assigning is the caller's. `roundRobin`: who was chosen longest ago. `load`: who has the fewest
 * open. `available`: the same among those who are at work now. None of them gives anything to somebody who is away, at his limit,
 * lacks a skill that the ticket asks for, or does not see its line. Choices are made one after another, whatever the number of
 * processes; a ticket that is asked for again before it has an owner gets the same answer.
 * @throws TICKET_UNKNOWN
 */
export async function chooseAssignee(app: HostApp, input: ChooseAssignee): Promise<Choice> {
  const ticket = await findTicket(app.db, input.ticketId);
  if (input.strategy === 'manager') return chooseManager(app, ticket);
  const asked = await ask(app, ticket, input);
  if (asked.fit.length === 0) return nobody(asked);
  if (input.isDry) return pick(app.db, { app, ticket, input, asked });
  return change(app, (step) => choose(step, { app, ticket, input, asked }));
}

interface Asked {
  readonly fit: readonly Person[];
  readonly passed: readonly Passed[];
  readonly team: string | null;
}
interface Choosing {
  readonly app: HostApp;
  readonly ticket: TicketRecord;
  readonly input: ChooseAssignee;
  readonly asked: Asked;
}

async function ask(
  app: HostApp,
  ticket: TicketRecord,
  { strategy, teamId, ticketId, skill }: ChooseAssignee,
): Promise<Asked> {
  const [everybody, skills, team] = await Promise.all([
    listPeople(app),
    requiredSkills(app.db, { ticketId, skill }),
    teamId === null ? undefined : findTeam(app.db, teamId),
  ]);
  const people = teamId === null ? everybody : everybody.filter(({ teamIds }) => teamIds.includes(teamId));
  const atWork = strategy === 'available' ? { seenMinutes: readAssignSettings(app).seenMinutes } : null;
  const sifted = siftPeople(team?.isArchived ? [] : people, {
    lineId: ticket.lineId,
    skills,
    at: app.now(),
    atWork,
  });
  return { ...sifted, team: team?.name ?? null };
}

const findTeam = async (db: Knex, teamId: number) =>
  (await listTeams(db, { includeArchived: true })).find(({ id }) => id === teamId);

/** Inside the transaction: one at a time, on what the choices before have written. */
async function choose(step: Change, choosing: Choosing): Promise<Choice> {
  const { trx, at } = step;
  const { ticket, input } = choosing;
  const turn = await nextTurn(trx);
  const choice = await pick(trx, choosing);
  if (choice.agentId === null) return choice;
  const teamId = input.teamId ?? 0;
  await trx('routing_turns')
    .insert({ teamId, agentId: choice.agentId, turn })
    .onConflict(['teamId', 'agentId'])
    .merge({ turn });
  const row = { agentId: choice.agentId, teamId, strategy: input.strategy, chosenAt: at };
  await trx('routing_choices')
    .insert({ ticketId: ticket.id, ...row })
    .onConflict('ticketId')
    .merge(row);
  await trx('routing_choices').where('chosenAt', '<', longAgo(at)).delete();
  return choice;
}

/** Raises the one row that all choices hold until they commit. */
async function nextTurn(trx: Knex.Transaction): Promise<number> {
  const [row] = await trx('routing_rounds')
    .insert({ key: 'all', turn: 1 })
    .onConflict('key')
    .merge({ turn: trx.raw('routing_rounds.turn + 1') })
    .returning<{ turn: number }[]>('turn');
  return row?.turn ?? 1;
}

const longAgo = (at: string) => new Date(Date.parse(at) - 30 * ON_THE_WAY_MS).toISOString();

async function pick(db: Knex, { app, ticket, input, asked }: Choosing): Promise<Choice> {
  const at = app.now();
  const agentIds = asked.fit.map(({ agentId }) => agentId);
  const weights = weightsOf(readAssignSettings(app));
  const [loads, turns, kept] = await Promise.all([
    measureLoad(db, { agentIds, weights, at, except: ticket.id }),
    readTurns(db, input.teamId ?? 0),
    findKept(db, { ticket, input, at }),
  ]);
  const free: Loaded[] = [];
  const full: Passed[] = [];
  for (const person of asked.fit) {
    const open = loads.get(person.agentId) ?? 0;
    const { agentId, name, loadLimit: limit } = person;
    if (limit !== null && open >= limit)
      full.push({ agentId, name, because: 'full', values: { open, limit } });
    else free.push({ person, open, turn: turns.get(agentId) ?? 0 });
  }
  const seen = { ...asked, passed: [...asked.passed, ...full] };
  const best = free.find(({ person }) => person.agentId === kept) ?? free.toSorted(order[input.strategy])[0];
  return best ? chosen(best, input.strategy, seen) : nobody(seen);
}

interface Loaded {
  readonly person: Person;
  readonly open: number;
  /** 0 for somebody who was never chosen: he is next. */
  readonly turn: number;
}
const byTurn = (a: Loaded, b: Loaded) => a.turn - b.turn || a.person.agentId - b.person.agentId;
const byLoad = (a: Loaded, b: Loaded) => a.open - b.open || byTurn(a, b);
const order = { manager: byTurn, roundRobin: byTurn, load: byLoad, available: byLoad };

async function readTurns(db: Knex, teamId: number): Promise<ReadonlyMap<number, number>> {
  const rows: { agentId: number; turn: number }[] = await db('routing_turns')
    .where({ teamId })
    .select('agentId', 'turn');
  return new Map(rows.map(({ agentId, turn }) => [agentId, turn]));
}

/** Who was chosen a moment ago for a ticket that nobody has got yet: the caller is trying again. */
async function findKept(
  db: Knex,
  { ticket, input, at }: Pick<Choosing, 'ticket' | 'input'> & { at: Date },
): Promise<number | undefined> {
  if (ticket.assigneeId !== null) return undefined;
  const row: { agentId: number } | undefined = await db('routing_choices')
    .where({ ticketId: ticket.id, teamId: input.teamId ?? 0, strategy: input.strategy })
    .where('chosenAt', '>', new Date(at.getTime() - ON_THE_WAY_MS).toISOString())
    .first('agentId');
  return row?.agentId;
}

function chosen({ person, open }: Loaded, strategy: Strategy, { passed, team }: Asked): Choice {
  const { agentId, name, loadLimit } = person;
  const key = `routing.assign.why.${strategy}${loadLimit === null ? '' : '.limited'}`;
  const limit = loadLimit === null ? {} : { limit: loadLimit };
  return { agentId, why: { key, values: { name, open, ...limit, team, passed } } };
}

function nobody({ passed, team }: Asked): Choice {
  const kind = passed.length === 0 ? 'noPeople' : 'noneFit';
  const key = `routing.assign.why.nobody.${kind}${team === null ? '' : '.team'}`;
  return { agentId: null, why: { key, values: { team, passed } } };
}
