import type { HostApp, TicketRecord } from '@helpdesk/core';
import type { Choice } from './choose-assignee.js';
import { findManager } from './find-manager.js';
import { listPeople, type Person } from './list-people.js';

const LONGEST = 5;

/**
 * The customer's account manager, or who stands in for him while he is away. His hours, his load and his skills do not matter: the
 * customer is his.
 */
export async function chooseManager(app: HostApp, ticket: TicketRecord): Promise<Choice> {
  const found = await findManager(app.db, ticket, app.now());
  if (!found) return nobody('noManager', {});
  const people = new Map((await listPeople(app)).map((person) => [person.agentId, person]));
  const manager = people.get(found.agentId);
  if (manager && isThere(manager)) return chosen(manager, `manager.${found.of}`, {});
  const name = manager?.name ?? (await nameOf(app, found.agentId));
  const deputy = standIn(people, manager ? manager.deputyId : await deputyOf(app, found.agentId));
  const because = manager === undefined || !manager.canAnswer ? 'gone' : 'away';
  const until = manager?.away?.until ?? undefined;
  const values = { manager: name, ...(until === undefined ? {} : { until }) };
  if (deputy) return chosen(deputy, `deputy.${because}`, values);
  return nobody(`manager.${because}`, values);
}

const isThere = ({ canAnswer, away }: Person) => canAnswer && away === null;

/** The first of a chain of deputies who is there. */
function standIn(people: ReadonlyMap<number, Person>, first: number | null): Person | undefined {
  const asked = new Set<number>();
  for (let next = first; next !== null && !asked.has(next) && asked.size < LONGEST;) {
    const deputy = people.get(next);
    if (deputy && isThere(deputy)) return deputy;
    asked.add(next);
    next = deputy?.deputyId ?? null;
  }
  return undefined;
}

/** Of somebody whose account is switched off. */
async function deputyOf({ db }: HostApp, agentId: number): Promise<number | null> {
  const row: { deputyId: number | null } | undefined = await db('routing_people')
    .where({ agentId })
    .first('deputyId');
  return row?.deputyId ?? null;
}

async function nameOf({ db }: HostApp, id: number): Promise<string> {
  const row: { name: string } | undefined = await db('agents').where({ id }).first('name');
  return row?.name ?? `#${id}`;
}

const chosen = ({ agentId, name }: Person, key: string, values: Record<string, unknown>): Choice => ({
  agentId,
  why: { key: `routing.assign.why.${key}`, values: { name, ...values, passed: [] } },
});
const nobody = (key: string, values: Record<string, unknown>): Choice => ({
  agentId: null,
  why: { key: `routing.assign.why.nobody.${key}`, values: { ...values, passed: [] } },
});
