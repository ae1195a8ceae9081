import type { Knex } from 'knex';
import type { App } from '../../database/app.js';
import { change, type Change } from '../../database/change.js';
import { inOrder } from '../in-order.js';
import { claimKeys } from './claim-keys.js';
import { contactKeys } from './contact-keys.js';
import { findDuplicates } from './find-duplicates.js';

/**
 * After a change of a card, its addresses or hats: finds anew who may be the same person. At the end of the transaction,
 * when nobody else does the same, so that two that come at once find each other.
 */
export function compareContact({ trx, atEnd }: Pick<Change, 'trx' | 'atEnd'>, contactId: number): void {
  atEnd(async () => {
    await writeKeys(trx, contactId);
    await writePairs(trx, contactId);
  });
}

/** A contact that went is nobody's duplicate. */
export function forgetPairs({ trx, atEnd }: Pick<Change, 'trx' | 'atEnd'>, contactId: number): void {
  atEnd(async () => {
    await trx('contact_keys').where({ contactId }).delete();
    await deletePairs(trx, contactId);
  });
}

async function writeKeys(trx: Knex.Transaction, contactId: number): Promise<void> {
  const contact: { name: string; mergedIntoId: number | null } | undefined = await trx('contacts')
    .where({ id: contactId })
    .first('name', 'mergedIntoId');
  const identities: { id: number; kind: string; normalised: string }[] = await trx('identities')
    .where({ contactId })
    .select('id', 'kind', 'normalised');
  const hats: { organizationId: number }[] = await trx('memberships')
    .where({ contactId })
    .whereNull('validTo')
    .whereNotNull('organizationId')
    .select('organizationId');
  const claims = await claimKeys(trx, { contactId, identityIds: identities.map(({ id }) => id) });
  await trx('contact_keys').where({ contactId }).delete();
  if (!contact || contact.mergedIntoId !== null) return;
  const organizationIds = hats.map(({ organizationId }) => organizationId);
  const keys = [...claims, ...contactKeys({ name: contact.name, identities, organizationIds })];
  if (keys.length > 0) await trx('contact_keys').insert(keys.map((key) => ({ contactId, key })));
}

async function writePairs(trx: Knex.Transaction, contactId: number): Promise<void> {
  await deletePairs(trx, contactId);
  const found = await findDuplicates(trx, contactId);
  if (found.length === 0) return;
  const pairs = found.map(({ contactId: otherId, strength, reasons }) => ({
    ...inOrder(contactId, otherId),
    strength: strength === 'strong' ? 2 : 1,
    reasons: JSON.stringify(reasons),
  }));
  await trx('contact_pairs').insert(pairs);
}

const deletePairs = (trx: Knex.Transaction, contactId: number) =>
  trx('contact_pairs').where({ contactId }).orWhere({ otherId: contactId }).delete();

const AT_A_TIME = 50;

/** Compares what was taken in by the thousand, little by little. @returns how many contacts */
export async function compareWaiting(app: App, signal?: AbortSignal): Promise<number> {
  for (let total = 0; ;) {
    const compared = await change(app, async (step) => {
      const waiting: { contactId: number }[] = await step
        .trx('uncompared_contacts')
        .orderBy('contactId')
        .limit(AT_A_TIME)
        .select('contactId');
      const ids = waiting.map(({ contactId }) => contactId);
      await step.trx('uncompared_contacts').whereIn('contactId', ids).delete();
      for (const id of ids) compareContact(step, id);
      return ids.length;
    });
    total += compared;
    if (compared < AT_A_TIME || signal?.aborted) return total;
  }
}
