import { findDuplicates, type DeskContext, type MergeChoices } from '@helpdesk/core';
import { findBoth } from './find-both.js';
import { presentChoices } from './present-choices.js';
import { presentSide } from './present-side.js';

/** Two contacts beside each other, with the form that makes them one; after a conflict with what was chosen. */
export async function comparePage(ctx: DeskContext, typed?: MergeChoices): Promise<void> {
  const both = await findBoth(ctx);
  if (!both) return;
  const { keptId, goneId } = both;
  const [kept, gone, duplicates] = await Promise.all([
    presentSide(ctx, keptId),
    presentSide(ctx, goneId),
    findDuplicates(ctx.db, keptId),
  ]);
  const found = duplicates.find(({ contactId }) => contactId === goneId);
  await ctx.render(
    'desk/contact-merge',
    {
      sides: [
        { ...kept, title: ctx.t('desk.merge.stays'), stays: true },
        { ...gone, title: ctx.t('desk.merge.goes'), stays: false },
      ],
      keptName: kept.contact.name,
      reasons: found?.reasons ?? [],
      choices: presentChoices(ctx, { kept: kept.contact, gone: gone.contact, typed: typed ?? {} }),
      versions: { kept: kept.contact.version, gone: gone.contact.version },
      action: `/desk/contacts/${keptId}/merge/${goneId}`,
      swapUrl: `/desk/contacts/${goneId}/merge/${keptId}`,
      apartUrl: `/desk/contacts/${keptId}/apart/${goneId}`,
      back: `/desk/contacts/${keptId}`,
      isConflict: typed !== undefined,
    },
    { status: typed ? 409 : 200, page: { styles: ['desk/merge.css'] } },
  );
}
