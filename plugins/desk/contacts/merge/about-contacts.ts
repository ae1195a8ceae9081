import type { DeskContext } from '@helpdesk/core';

const EACH = 2;

/** What tells the contacts of a page apart: their first addresses and numbers, in words. */
export async function aboutContacts(
  { db }: Pick<DeskContext, 'db'>,
  ids: readonly number[],
): Promise<ReadonlyMap<number, string>> {
  const rows: { contactId: number; value: string }[] = await db('identities')
    .whereIn('contactId', [...new Set(ids)])
    .orderBy('id')
    .limit(1000)
    .select('contactId', 'value');
  const values = new Map<number, string[]>();
  for (const { contactId, value } of rows) {
    const own = values.get(contactId) ?? [];
    if (own.length < EACH) values.set(contactId, [...own, value]);
  }
  return new Map([...values].map(([id, own]) => [id, own.join(' · ')]));
}
