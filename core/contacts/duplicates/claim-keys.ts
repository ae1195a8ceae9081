import type { Knex } from 'knex';

/** Of the claimant alone: it stays when the keys are made again. */
export const CLAIMS = 'claims:';

/** The keys of a card that come from claims: `claim:`, which both have, and what tells the claimant. */
export async function claimKeys(
  db: Knex,
  { contactId, identityIds }: { contactId: number; identityIds: readonly number[] },
): Promise<string[]> {
  const [own, ofOthers]: { key: string }[][] = await Promise.all([
    db('contact_keys').where({ contactId }).whereLike('key', `${CLAIMS}%`).select('key'),
    db('contact_keys')
      .whereIn(
        'key',
        identityIds.map((id) => CLAIMS + id),
      )
      .select('key'),
  ]);
  const claims = (own ?? []).map(({ key }) => key);
  const both = [...claims, ...(ofOthers ?? []).map(({ key }) => key)];
  return [...claims, ...new Set(both.map((key) => `claim:${key.slice(CLAIMS.length)}`))];
}
