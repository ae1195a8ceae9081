import { change, parseJson, type App } from '@helpdesk/core';
import type { Knex } from 'knex';
import { FACT_EVENTS, type FactEvent } from './fold-event.js';
import { storeFacts } from './store-facts.js';

const TICKETS_A_STEP = 1000;

interface EventRow {
  readonly id: number;
  readonly name: string;
  readonly at: string;
  readonly actorKind: string;
  readonly actorId: string;
  readonly ticketId: number;
  readonly payload: string;
}

/**
 * Makes every ticket's facts anew from the log, some hundred tickets a transaction, beside a desk that runs.
 * @param tell called after each step with the tickets done and all there are
 */
export async function rebuildFacts(
  app: App,
  tell: (done: number, all: number) => void = () => undefined,
): Promise<{ tickets: number; events: number }> {
  const all = await countTickets(app.db);
  let [done, events, after] = [0, 0, 0];
  for (;;) {
    const step = await change(app, ({ trx }) => rebuildSome(trx, after));
    if (step.tickets === 0) break;
    [done, events, after] = [done + step.tickets, events + step.events, step.last];
    tell(done, all);
  }
  await change(app, ({ trx, at }) => trx('reporting_builds').where({ id: 1 }).update({ rebuiltAt: at }));
  return { tickets: done, events };
}

async function rebuildSome(trx: Knex.Transaction, after: number) {
  // Held before reading, so that the follower cannot add to what is read here.
  await trx('reporting_builds').where({ id: 1 }).forUpdate().first();
  const rows: { id: number }[] = await trx('tickets')
    .where('id', '>', after)
    .orderBy('id')
    .limit(TICKETS_A_STEP)
    .select('id');
  const ids = rows.map(({ id }) => id);
  const events = await readEvents(trx, ids);
  await storeFacts(trx, events, { fresh: true });
  return { tickets: ids.length, events: events.length, last: ids.at(-1) ?? after };
}

async function readEvents(trx: Knex.Transaction, ids: number[]): Promise<FactEvent[]> {
  const rows: EventRow[] = await trx('events')
    .whereIn('ticketId', ids)
    .whereIn('name', [...FACT_EVENTS])
    .orderBy('id')
    .select('id', 'name', 'at', 'actorKind', 'actorId', 'ticketId', 'payload');
  return rows.map(({ id, name, at, actorKind, actorId, ticketId, payload }) => ({
    id,
    name,
    at: new Date(at).toISOString(),
    ticketId,
    agentId: actorKind === 'agent' ? Number(actorId) : null,
    payload: parseJson<Record<string, unknown>>(payload, {}),
  }));
}

async function countTickets(db: Knex): Promise<number> {
  const row = (await db('tickets').count({ n: '*' }).first()) as { n: number | string } | undefined;
  return Number(row?.n ?? 0);
}
