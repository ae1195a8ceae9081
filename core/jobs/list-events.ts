import type { Knex } from 'knex';
import { parseJson } from '../database/record.js';

/** An entry of the event log, as the administrator's page shows it. */
export interface EventRecord {
  readonly id: number;
  readonly name: string;
  readonly at: string;
  readonly actorKind: string;
  readonly actorId: string;
  readonly door: string | null;
  readonly ticketId: number | null;
  readonly contactId: number | null;
  readonly payload: Readonly<Record<string, unknown>>;
}

/** The log, newest first, a page at a time. `name` may be the beginning of names: `ticket.`. */
export async function listEvents(
  db: Knex,
  {
    before,
    name,
    actorId,
    ticketId,
    limit = 50,
  }: { before?: number; name?: string; actorId?: string; ticketId?: number; limit?: number },
): Promise<EventRecord[]> {
  const query = db('events').orderBy('id', 'desc').limit(limit);
  if (before !== undefined) void query.where('id', '<', before);
  if (name) void query.where('name', '>=', name).where('name', '<', `${name}\uffff`);
  if (actorId) void query.where({ actorId, actorKind: 'agent' });
  if (ticketId !== undefined) void query.where({ ticketId });
  const rows: (Omit<EventRecord, 'payload'> & { payload: string })[] = await query;
  return rows.map((row) => ({ ...row, payload: parseJson(row.payload, {}) }));
}
