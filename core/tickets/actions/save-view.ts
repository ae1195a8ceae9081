import type { App } from '../../database/app.js';
import { change } from '../../database/change.js';
import { errors } from '../../errors/errors.js';
import type { Actor } from '../../hooks/catalogue.js';
import { viewName } from '../find-own-view.js';
import type { SavedViewRecord } from '../models/saved-view.js';

export interface SaveView {
  /** Whose it is; null: everybody's. */
  agentId: number | null;
  name: string;
  query: string;
  actor: Actor;
}

const MOST = 100;

/** Keep a list of tickets under a name. @throws INPUT_INVALID without a name, or when there are 100 already */
export async function saveView(
  app: App,
  { agentId, name, query, actor }: SaveView,
): Promise<SavedViewRecord> {
  const named = viewName(name);
  if (named === '') throw errors.INPUT_INVALID({ because: 'a view needs a name' });
  if (query.length > 1000) throw errors.INPUT_INVALID({ because: 'the filters of this view are too long' });
  return change(app, async ({ trx, at, announce }) => {
    const [kept] = await trx('saved_views').where({ agentId }).count<{ n: number }[]>({ n: 'id' });
    if ((kept?.n ?? 0) >= MOST) throw errors.INPUT_INVALID({ because: 'there are too many views' });
    const row = { agentId, name: named, query, createdAt: at };
    const [saved] = await trx('saved_views').insert(row).returning<{ id: number }[]>('id');
    const viewId = (saved as { id: number }).id;
    announce('view.saved', { viewId, agentId, actor });
    return { ...row, id: viewId };
  });
}
