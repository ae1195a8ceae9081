import type { Knex } from 'knex';
import { Line, toLineRecord, type LineRecord } from '../models/line.js';

export async function listLines(
  db: Knex,
  options: { includeArchived?: boolean } = {},
): Promise<LineRecord[]> {
  const query = Line.query(db).orderBy('name').orderBy('id');
  if (!options.includeArchived) void query.whereNull('archivedAt');
  return (await query).map(toLineRecord);
}
