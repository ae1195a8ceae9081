import { change, findTicket, isError, parseJson, setDue, type Actor, type App } from '@helpdesk/core';
import type { Knex } from 'knex';
import { runClocks } from '../clock/run-clocks.js';
import { listRuleSets } from '../rules/list-rules.js';
import type { Segments } from '../segments.js';
import { readLives } from './read-lives.js';
import { writeClocks } from './write-clocks.js';

export const slaActor: Actor = { kind: 'plugin', id: 'sla', door: 'clock' };

/**
 * Gives a ticket the due time by which lists sort: the earliest of its running clocks and of the date that an agent has
 * set. Once no clock runs, the agent's date is back.
 * @returns the id of the last event that was looked at; 0 when it has to be done again
 */
export async function applyDue(app: App, ticketId: number, segments: Segments | undefined): Promise<number> {
  const life = (await readLives(app.db, [ticketId], segments)).get(ticketId);
  if (!life) return 0;
  const looked = life.events.at(-1)?.id ?? 0;
  const { clocks } = runClocks(life, await listRuleSets(app.db));
  const promised = clocks.flatMap(({ endedAt, dueAt }) =>
    endedAt === null && dueAt !== null ? new Date(dueAt).toISOString() : [],
  );
  const own = await ownDue(app.db, ticketId);
  const ticket = await findTicket(app.db, ticketId);
  const all = ticket.bucket === 'done' ? [] : promised;
  const dueAt = [...all, ...(own === null ? [] : [own])].toSorted()[0] ?? null;
  if (ticket.dueAt === dueAt) return looked;
  // Without a clock of ours a date is none of our business, but for one that we have set.
  if (all.length === 0 && own === null && !(await isOurs(app.db, ticketId))) return looked;
  // Open lists read their badges anew when they hear of the due time: what they are made of has to be there by then.
  await change(app, ({ trx }) => writeClocks(trx, [ticketId], segments));
  try {
    await setDue(app, { ticketId, dueAt, expectedVersion: ticket.version, actor: slaActor });
    return looked;
  } catch (error) {
    // Whoever was quicker has left an event, which leads here again; else the next minute does.
    if (!isError(error, 'TICKET_CHANGED')) throw error;
    return 0;
  }
}

interface DueEvent {
  readonly payload: string;
  readonly actorKind: string;
  readonly actorId: string;
}

const dueEvents = (db: Knex, ticketId: number) =>
  db('events').where({ ticketId, name: 'ticket.dueChanged' }).orderBy('id', 'desc');

/** The date that somebody else has set last, ISO text. */
export async function ownDue(db: Knex, ticketId: number): Promise<string | null> {
  const row: DueEvent | undefined = await dueEvents(db, ticketId)
    .whereNot({ actorKind: 'plugin', actorId: slaActor.id })
    .first('payload');
  const to = row && parseJson<{ to?: unknown }>(row.payload, {}).to;
  return typeof to === 'string' ? to : null;
}

async function isOurs(db: Knex, ticketId: number): Promise<boolean> {
  const row: DueEvent | undefined = await dueEvents(db, ticketId).first('actorKind', 'actorId');
  return row?.actorKind === 'plugin' && row.actorId === slaActor.id;
}
