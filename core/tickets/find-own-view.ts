import type { Knex } from 'knex';
import { errors } from '../errors/errors.js';
import type { SavedViewRecord } from './models/saved-view.js';

/** Which saved view is changed, and by whom. */
export interface OnView {
  viewId: number;
  agentId: number;
  /** Whether views of everybody may be changed, too. */
  canShare: boolean;
}

/** @throws VIEW_UNKNOWN for a view that is not there, is somebody else's, or is shared and may not be changed */
export async function findOwnView(
  trx: Knex,
  { viewId, agentId, canShare }: OnView,
): Promise<SavedViewRecord> {
  const view: SavedViewRecord | undefined = await trx('saved_views').where({ id: viewId }).first();
  const isAllowed = view && (view.agentId === null ? canShare : view.agentId === agentId);
  if (!view || !isAllowed) throw errors.VIEW_UNKNOWN();
  return view;
}

/** A name in one line; empty when nothing is left of it. */
export const viewName = (name: string): string => name.trim().replaceAll(/\s+/g, ' ').slice(0, 60);
