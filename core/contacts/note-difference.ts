import type { Knex } from 'knex';
import type { Change } from '../database/change.js';
import { compareContact } from './duplicates/compare-contact.js';
import { inOrder } from './in-order.js';

/** Keeps that two contacts are not one person. @returns false when somebody has said so before */
export async function noteDifference(
  step: Change,
  { contactId, otherId, saidBy }: { contactId: number; otherId: number; saidBy: number | null },
): Promise<boolean> {
  if (contactId === otherId) return false;
  const { trx, at } = step;
  const pair = inOrder(contactId, otherId);
  const known: unknown = await trx('contact_differences').where(pair).first('contactId');
  if (known) return false;
  await trx('contact_differences')
    .insert({ ...pair, saidBy, saidAt: at })
    .onConflict()
    .ignore();
  return true;
}

/** Takes it back. */
export async function forgetDifference(step: Change, a: number, b: number): Promise<void> {
  compareContact(step, a);
  await step.trx('contact_differences').where(inOrder(a, b)).delete();
}

/** Whom somebody is certainly not, in the words of the team. */
export async function listDifferences(db: Knex, contactId: number): Promise<Set<number>> {
  const rows: { contactId: number; otherId: number }[] = await db('contactDifferences')
    .where({ contactId })
    .orWhere({ otherId: contactId });
  return new Set(rows.map((row) => (row.contactId === contactId ? row.otherId : row.contactId)));
}
