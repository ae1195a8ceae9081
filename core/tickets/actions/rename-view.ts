import type { App } from '../../database/app.js';
import { change } from '../../database/change.js';
import { errors } from '../../errors/errors.js';
import type { Actor } from '../../hooks/catalogue.js';
import { findOwnView, viewName, type OnView } from '../find-own-view.js';
import type { SavedViewRecord } from '../models/saved-view.js';

export interface RenameView extends OnView {
  name: string;
  actor: Actor;
}

/** Call a saved view something else. @throws VIEW_UNKNOWN, INPUT_INVALID without a name */
export async function renameView(app: App, input: RenameView): Promise<SavedViewRecord> {
  const name = viewName(input.name);
  if (name === '') throw errors.INPUT_INVALID({ because: 'a view needs a name' });
  return change(app, async ({ trx, announce }) => {
    const view = await findOwnView(trx, input);
    if (view.name === name) return view;
    await trx('saved_views').where({ id: view.id }).update({ name });
    announce('view.renamed', { viewId: view.id, agentId: view.agentId, actor: input.actor });
    return { ...view, name };
  });
}
