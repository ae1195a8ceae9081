import type { Knex } from 'knex';
import { fold } from '../../database/search/words.js';
import type { OrganizationRecord } from '../models/organization.js';

export interface ListOrganizations {
  beginning?: string;
  /** The last row of the page before. */
  after?: { name: string; id: number };
  limit?: number;
}

/** Organizations by name, for choosing one; at most `limit`. */
export async function listOrganizations(
  db: Knex,
  { beginning = '', after, limit = 200 }: ListOrganizations = {},
): Promise<OrganizationRecord[]> {
  const rows = db<OrganizationRecord>('organizations').orderBy('folded').orderBy('id').limit(limit);
  if (after) void rows.whereRaw('(folded, id) > (?, ?)', [fold(after.name), after.id]);
  if (beginning) rows.whereRaw(`folded like ? escape '\\'`, [`${likeText(fold(beginning))}%`]);
  return rows as Promise<OrganizationRecord[]>;
}

/** A text in which nothing is a wildcard of LIKE. */
function likeText(text: string): string {
  return text.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`);
}
