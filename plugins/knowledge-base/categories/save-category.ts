import { change, errors, type App, type Change } from '@helpdesk/core';
import { claimAddress, claimFreeAddress } from '../articles/addresses.js';
import { toSlug } from '../words/slug.js';
import { refused } from '../refused.js';

export interface SaveCategory {
  /** Left out: a new one, at the end. */
  categoryId?: number;
  parentId: number | null;
  nameRu: string;
  nameEn: string;
  /** Empty: made of the name. */
  slug: string;
  expectedVersion?: number;
}

/**
 * @returns its id
 * @throws TICKET_CHANGED when somebody else was quicker, ACTION_REFUSED with what is wrong
 */
export async function saveCategory(app: App, input: SaveCategory): Promise<number> {
  return change(app, async (work) => {
    const { trx } = work;
    await checkParent(work, input);
    const { categoryId, parentId, nameRu, nameEn } = input;
    if (categoryId === undefined) {
      const [last] = await trx('kb_categories').max<{ position: number | null }[]>({ position: 'position' });
      const position = (last?.position ?? 0) + 1;
      const [made] = await trx('kb_categories')
        .insert({ parentId, nameRu, nameEn, slug: input.slug, position, version: 1 })
        .returning<{ id: number }[]>('id');
      const { id } = made as { id: number };
      const address = { kind: 'category', targetId: id } as const;
      if (input.slug !== '') await claimAddress(trx, { ...address, slug: input.slug });
      else {
        const slug = await claimFreeAddress(trx, { ...address, slug: toSlug(nameEn || nameRu) });
        await trx('kb_categories').where({ id }).update({ slug });
      }
      return id;
    }
    const { expectedVersion } = input;
    const [saved] = await trx('kb_categories')
      .where({ id: categoryId, ...(expectedVersion === undefined ? {} : { version: expectedVersion }) })
      .update({ parentId, nameRu, nameEn, version: trx.raw('version + 1') })
      .returning<{ slug: string }[]>('slug');
    if (!saved) throw errors.TICKET_CHANGED();
    if (input.slug !== '' && input.slug !== saved.slug) {
      await claimAddress(trx, { kind: 'category', slug: input.slug, targetId: categoryId });
      await trx('kb_categories').where({ id: categoryId }).update({ slug: input.slug });
    }
    return categoryId;
  });
}

/** Two levels: what has a parent is no parent. */
async function checkParent({ trx }: Change, { categoryId, parentId }: SaveCategory): Promise<void> {
  if (parentId === null) return;
  const parent: { parentId: number | null } | undefined = await trx('kb_categories')
    .where({ id: parentId })
    .first('parentId');
  const child: unknown = await trx('kb_categories')
    .where({ parentId: categoryId ?? 0 })
    .first('id');
  if (!parent || parent.parentId !== null || parentId === categoryId || child)
    throw refused('knowledge-base.problem.twoLevels');
}
