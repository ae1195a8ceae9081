import type { Knex } from 'knex';

/** How a contact comes in. */
export interface ContactAccess {
  /** When they were last here, of the sessions that are kept; null: not lately, or never. */
  readonly lastSeenAt: string | null;
  readonly hasPassword: boolean;
  readonly hasProvenAddress: boolean;
}

export async function readAccess(db: Knex, contactId: number): Promise<ContactAccess> {
  const [seen, password, proven] = await Promise.all([
    db('contact_sessions')
      .where({ contactId })
      .whereNull('viewedBy')
      .max<{ at: string | null }[]>({ at: 'lastSeenAt' }),
    db('contact_passwords').where({ contactId }).first<{ contactId: number } | undefined>('contactId'),
    db('identities').where({ contactId }).whereNotNull('verifiedAt').first<{ id: number } | undefined>('id'),
  ]);
  return {
    lastSeenAt: seen[0]?.at ?? null,
    hasPassword: password !== undefined,
    hasProvenAddress: proven !== undefined,
  };
}
