import type { App } from '../../database/app.js';
import { change } from '../../database/change.js';
import type { Actor } from '../../hooks/catalogue.js';
import { findOwnView, type OnView } from '../find-own-view.js';
import type { SavedViewRecord } from '../models/saved-view.js';

export interface RemoveView extends OnView {
  actor: Actor;
}

/** Forget a saved view; its tickets stay. @returns what it was, for saving it again @throws VIEW_UNKNOWN */
export async function removeView(app: App, input: RemoveView): Promise<SavedViewRecord> {
  return change(app, async ({ trx, announce }) => {
    const view = await findOwnView(trx, input);
    await trx('saved_views').where({ id: view.id }).delete();
    announce('view.removed', { viewId: view.id, agentId: view.agentId, actor: input.actor });
    return view;
  });
}
