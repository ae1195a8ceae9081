import type { Knex } from 'knex';
import { segmentsOfWriters } from '../segments/segments-of.js';

/** The account manager of the segment of whoever wrote a ticket; null while it has none. */
export async function segmentManager(
  db: Knex,
  { contactId, membershipId, now }: { contactId: number; membershipId: number | null; now: Date },
): Promise<number | null> {
  const [found] = await segmentsOfWriters(db, [{ contactId, membershipId }], now.toISOString());
  return found?.managerId ?? null;
}
