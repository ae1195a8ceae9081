import type { Knex } from 'knex';

/** Narrows a query on `memberships` to hats that are worn at a time, ISO text. The end of a hat is no longer in it. */
export function wornAt(query: Knex.QueryBuilder, at: string): void {
  void query
    .where('memberships.validFrom', '<=', at)
    .where((open) => open.whereNull('memberships.validTo').orWhere('memberships.validTo', '>', at));
}

/** The same rule for a hat in hand. */
export const isWorn = (
  { validFrom, validTo }: { readonly validFrom: string; readonly validTo: string | null },
  at: string,
): boolean => validFrom <= at && (validTo === null || validTo > at);
