import type { Knex } from 'knex';
import type { SavedViewRecord } from '../models/saved-view.js';

/** An agent's own views and those that are shared, by name. */
export async function listViews(db: Knex, agentId: number): Promise<SavedViewRecord[]> {
  return db<SavedViewRecord>('savedViews')
    .where((either) => either.where({ agentId }).orWhereNull('agentId'))
    .orderBy('name')
    .orderBy('id')
    .limit(300) as Promise<SavedViewRecord[]>;
}
