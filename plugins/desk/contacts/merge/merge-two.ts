import { isError, mergeContacts, whole, type DeskContext, type MergeChoices } from '@helpdesk/core';
import { z } from 'zod';
import { comparePage } from './compare-page.js';
import { findBoth } from './find-both.js';

const side = z.enum(['kept', 'gone']).optional();
const schema = z.object({
  name: side,
  language: side,
  timeZone: side,
  preferredChannel: side,
  note: z.enum(['kept', 'gone', 'both']).optional(),
  keptVersion: whole().positive(),
  goneVersion: whole().positive(),
});

/** Makes one of two; when somebody changed a card in the meantime, they are compared once more. */
export async function mergeTwo(ctx: DeskContext): Promise<void> {
  const both = await findBoth(ctx);
  if (!both) return;
  const { keptVersion: kept, goneVersion: gone, ...given } = await ctx.form(schema);
  const choices = Object.fromEntries(
    Object.entries(given).filter(([, chosen]) => chosen !== undefined),
  ) as MergeChoices;
  try {
    const { mergeId } = await mergeContacts(ctx.app, {
      ...both,
      choices,
      expectedVersions: { kept, gone },
      actor: ctx.actor,
    });
    ctx.flash({
      text: ctx.t('desk.merge.done'),
      undo: { url: `/desk/contacts/merges/${mergeId}/undo`, seconds: 20 },
    });
    ctx.redirect(`/desk/contacts/${both.keptId}`);
  } catch (error) {
    // Somebody was quicker: what there is now is shown.
    if (!isError(error, 'TICKET_CHANGED') && !isError(error, 'CONTACT_MERGED')) throw error;
    await comparePage(ctx, choices);
  }
}
