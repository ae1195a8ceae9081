import type { Knex } from 'knex';
import type { ContactSessionRecord } from '../models/contact-session.js';

/** Where a customer is signed in now, the latest used first. */
export function listContactSessions(
  db: Knex,
  { contactId, now }: { contactId: number; now: Date },
): Promise<ContactSessionRecord[]> {
  return db('contact_sessions')
    .where({ contactId })
    .whereNull('viewedBy')
    .where('expiresAt', '>', now.toISOString())
    .orderBy('lastSeenAt', 'desc')
    .orderBy('id', 'desc')
    .select<ContactSessionRecord[]>('id', 'device', 'ip', 'createdAt', 'lastSeenAt');
}
