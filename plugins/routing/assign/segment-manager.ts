import type { Knex } from 'knex';
import { segmentsOfTickets } from '../segments/segments-of.js';

/** The account manager of the segment of whoever wrote a ticket; null while it has none. */
export async function segmentManager(
  db: Knex,
  { contactId, membershipId, now }: { contactId: number; membershipId: number | null; now: Date },
): Promise<number | null> {
  const asked = { id: 0, contactId, membershipId };
  const found = await segmentsOfTickets(db, [asked], now.toISOString());
  return found.get(asked.id)?.managerId ?? null;
}
