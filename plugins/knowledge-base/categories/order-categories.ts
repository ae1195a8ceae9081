import { change, errors, type App } from '@helpdesk/core';
import { findCategory, type CategoryRecord } from './list-categories.js';
import { refused } from '../refused.js';

/** Changes places with the neighbour of the same level. */
export async function moveCategory(
  app: App,
  { categoryId, direction }: { categoryId: number; direction: 'up' | 'down' },
): Promise<void> {
  await change(app, async ({ trx }) => {
    const { parentId } = await findCategory(trx, categoryId);
    const level: CategoryRecord[] = await trx('kb_categories')
      .where({ parentId })
      .orderBy('position')
      .orderBy('id')
      .forUpdate();
    const at = level.findIndex(({ id }) => id === categoryId);
    const to = direction === 'up' ? at - 1 : at + 1;
    const [one, other] = [level[at], level[to]];
    if (!one || !other) return;
    [level[at], level[to]] = [other, one];
    // All of the level anew: places that were equal become different.
    const places = level.map(({ position }) => position).toSorted((a, b) => a - b);
    let last = 0;
    for (const [index, { id }] of level.entries()) {
      last = Math.max(last + 1, places[index] ?? 0);
      await trx('kb_categories').where({ id }).update({ position: last });
    }
  });
}

/** Only an empty one: no article is ever without a category. @throws ACTION_REFUSED */
export async function removeCategory(app: App, { categoryId }: { categoryId: number }): Promise<void> {
  await change(app, async ({ trx }) => {
    // Whoever is putting an article into it at this moment is waited for.
    const category: unknown = await trx('kb_categories').where({ id: categoryId }).forUpdate().first('id');
    if (!category) throw errors.NOT_FOUND();
    const article: unknown = await trx('kb_articles').where({ categoryId }).first('id');
    const child: unknown = await trx('kb_categories').where({ parentId: categoryId }).first('id');
    if (article || child) throw refused('knowledge-base.problem.notEmpty');
    await trx('kb_addresses').where({ kind: 'category', targetId: categoryId }).delete();
    await trx('kb_categories').where({ id: categoryId }).delete();
  });
}
