import { change, type App } from '@helpdesk/core';
import type { Knex } from 'knex';

interface OpenRead {
  readonly id: number;
  readonly contactId: number | null;
  readonly at: string;
  readonly dueAt: string;
}

const AT_ONCE = 200;

/**
 * Decides about readings whose 72 hours are over: a ticket was avoided only when the log has none of this contact, from
 * the reading until the end of them. Of a browser that never became a contact nobody can say it: it counts for nothing.
 */
export async function settleReads(app: App, signal?: AbortSignal): Promise<void> {
  for (;;) {
    if (signal?.aborted) return;
    const settled = await change(app, async ({ trx, at }) => {
      const due: OpenRead[] = await trx('kb_reads')
        .where({ state: 'open' })
        // One that ends at this very moment may still be followed by a ticket of this moment.
        .where('dueAt', '<', at)
        .orderBy('dueAt')
        .limit(AT_ONCE)
        .select('id', 'contactId', 'at', 'dueAt');
      for (const read of due)
        await trx('kb_reads')
          .where({ id: read.id })
          .update({ state: await stateOf(trx, read) });
      return due.length;
    });
    if (settled < AT_ONCE) return;
  }
}

async function stateOf(trx: Knex, { contactId, at, dueAt }: OpenRead): Promise<string> {
  if (contactId === null) return 'unknown';
  const ticket: unknown = await trx('events')
    .join('tickets', 'tickets.id', 'events.ticketId')
    .where({ 'events.name': 'ticket.opened', 'tickets.contactId': await contactNow(trx, contactId) })
    .whereBetween('events.at', [at, dueAt])
    .first('events.id');
  return ticket ? 'followed' : 'avoided';
}

const MERGES_MOST = 20;

/** Who a contact is by now, after merges that were not undone. */
async function contactNow(trx: Knex, contactId: number): Promise<number> {
  let id = contactId;
  for (let step = 0; step < MERGES_MOST; step += 1) {
    const merge: { keptId: number } | undefined = await trx('contact_merges')
      .where({ goneId: id })
      .whereNull('undoneAt')
      .orderBy('id', 'desc')
      .first('keptId');
    if (!merge) return id;
    id = merge.keptId;
  }
  return id;
}

const SEARCHES_KEPT_MS = 400 * 24 * 3_600_000;

/** What was looked for longer ago than the reports go back is forgotten. */
export async function forgetSearches(app: App): Promise<void> {
  const before = new Date(app.now().getTime() - SEARCHES_KEPT_MS).toISOString().slice(0, 10);
  await change(app, async ({ trx }) => {
    await trx('kb_searches').where('day', '<', before).delete();
  });
}
