import type { Knex } from 'knex';
import { type EventRow, readEvents, seekEvent, type Stretch } from './event-rows.js';

/** Where followers read the log. */
export interface EventSource {
  /** Events of these names by id range, oldest first, and the id up to which nothing was left out. */
  read(stretch: Stretch): Promise<{ rows: readonly EventRow[]; through: number }>;
  /** Whether there is an event of these names, and the id before which there is none. */
  seek(where: Where): Promise<{ found: boolean; through: number }>;
}
type Where = Omit<Stretch, 'limit'> & { names: readonly string[] };

// More than that is a replay, in which each follower reads its own names alone.
const MOST = 500;

/**
 * The log for followers that look at the same time. What is new since the one that is furthest behind is read once and
 * handed to all of them; who asks for more reads the database.
 */
export async function openEvents(
  db: Knex,
  { after, upTo }: { after: number; upTo: number },
): Promise<EventSource> {
  const stored: EventSource = {
    read: (stretch) => readEvents(db, stretch),
    seek: (where) => seekEvent(db, where),
  };
  if (upTo - after > MOST) return stored;
  const { rows } = await readEvents(db, { after, upTo, limit: MOST });
  const find = ({ after: from, upTo: to, names }: Omit<Stretch, 'limit'>) =>
    rows.filter(({ id, name }) => id > from && id <= to && (names?.includes(name) ?? true));
  const isHere = (stretch: Omit<Stretch, 'limit'>) => stretch.after >= after && stretch.upTo <= upTo;
  return {
    async read(stretch) {
      if (!isHere(stretch)) return stored.read(stretch);
      const found = find(stretch).slice(0, stretch.limit);
      const last = found.at(-1);
      return { rows: found, through: last && found.length === stretch.limit ? last.id : stretch.upTo };
    },
    async seek(where) {
      if (!isHere(where)) return stored.seek(where);
      const [first] = find(where);
      return first
        ? { found: true, through: first.id - 1 }
        : { found: false, through: Math.max(where.after, where.upTo) };
    },
  };
}
