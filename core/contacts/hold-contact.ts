import type { Knex } from 'knex';
import type { Change } from '../database/change.js';
import { errors } from '../errors/errors.js';

/**
 * The contact under an id, or the one it was merged into, held to the end of the transaction: a merge of it waits, and
 * then takes along what is written here. Whatever writes a contact's id asks first.
 * @returns the id to write
 * @throws CONTACT_UNKNOWN
 */
export async function holdContact({ trx }: Pick<Change, 'trx'>, contactId: number): Promise<number> {
  // From the one that went to the one that was kept: an undo holds them in this order too.
  for (let id = contactId; ;) {
    const query = trx('contacts').where({ id }).first('mergedIntoId');
    // SQLite has one writer; its dialect knows no row locks.
    if (trx.client.config.client === 'pg') void query.forShare();
    const contact = (await query) as { mergedIntoId: number | null } | undefined;
    if (!contact) throw errors.CONTACT_UNKNOWN();
    if (contact.mergedIntoId === null) return id;
    id = contact.mergedIntoId;
  }
}

/** The same for reading: nothing is held. @returns undefined when there is no such contact */
export async function followMerges(db: Knex, contactId: number): Promise<number | undefined> {
  for (let id = contactId; ;) {
    const contact: { mergedIntoId: number | null } | undefined = await db('contacts')
      .where({ id })
      .first('mergedIntoId');
    if (!contact) return undefined;
    if (contact.mergedIntoId === null) return id;
    id = contact.mergedIntoId;
  }
}

/** A hat, if it is this contact's; null when it went to somebody else in the meantime. */
export async function ownHat(
  { trx }: Pick<Change, 'trx'>,
  { membershipId, contactId }: { membershipId: number | null; contactId: number },
): Promise<number | null> {
  if (membershipId === null) return null;
  const hat: { id: number } | undefined = await trx('memberships')
    .where({ id: membershipId, contactId })
    .first('id');
  return hat?.id ?? null;
}
