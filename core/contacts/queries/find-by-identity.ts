import type { Knex } from 'knex';
import type { IdentityRecord } from '../models/identity.js';

/** Whose address or number this is; undefined when nobody's. */
export async function findByIdentity(
  db: Knex,
  { kind, normalised }: { kind: string; normalised: string },
): Promise<IdentityRecord | undefined> {
  return db<IdentityRecord>('identities').where({ kind, normalised }).first() as Promise<
    IdentityRecord | undefined
  >;
}
