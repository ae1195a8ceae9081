import type { Knex } from 'knex';
import type { Actor } from '../hooks/catalogue.js';

/** A row of the event log as it is stored. */
export interface EventRow {
  id: number;
  name: string;
  at: string;
  actorKind: Actor['kind'];
  actorId: string;
  door: string | null;
  ticketId: number | null;
  contactId: number | null;
  payload: string;
}

const COLUMNS = ['id', 'name', 'at', 'actorKind', 'actorId', 'door', 'ticketId', 'contactId', 'payload'];

/** The id of the newest event; 0 for an empty log. */
export async function newestEventId(db: Knex): Promise<number> {
  const row = await db<EventRow>('events').orderBy('id', 'desc').first('id');
  return row?.id ?? 0;
}

export interface Stretch {
  after: number;
  upTo: number;
  names?: readonly string[];
  limit: number;
}

// Bounds one query over a stretch in which nothing of interest happened: tens of milliseconds on both engines.
const LONGEST_STRETCH = 50_000;

/** Events of these names by id range, oldest first, and the id up to which nothing was left out. */
export async function readEvents(db: Knex, stretch: Stretch): Promise<{ rows: EventRow[]; through: number }> {
  const end = Math.min(stretch.upTo, stretch.after + LONGEST_STRETCH);
  const query = db<EventRow>('events')
    .where('id', '>', stretch.after)
    .where('id', '<=', end)
    .orderBy('id')
    .limit(stretch.limit)
    .select<EventRow[]>(COLUMNS);
  const rows: EventRow[] = await (stretch.names ? query.whereIn('name', stretch.names) : query);
  const last = rows.at(-1);
  return { rows, through: last && rows.length === stretch.limit ? last.id : end };
}

/** The id of the first event of these names, or undefined; and how far was looked. */
export async function seekEvent(
  db: Knex,
  { after, upTo, names }: Omit<Stretch, 'limit'> & { names: readonly string[] },
): Promise<{ found: boolean; through: number }> {
  for (let from = after; from < upTo;) {
    const end = Math.min(upTo, from + LONGEST_STRETCH);
    const hit = await db<EventRow>('events')
      .where('id', '>', from)
      .where('id', '<=', end)
      .whereIn('name', names)
      .orderBy('id')
      .first('id');
    if (hit) return { found: true, through: hit.id - 1 };
    from = end;
  }
  return { found: false, through: Math.max(after, upTo) };
}

export async function readEvent(db: Knex, id: number): Promise<EventRow | undefined> {
  return db<EventRow>('events').where({ id }).first(COLUMNS);
}
