import { unmergeContacts, type DeskContext, type LeftByUnmerge } from '@helpdesk/core';
import { pathId } from '../../admin/path-id.js';

/** Takes a merge back; what could not go back, or why nothing did, is told on the page of the merge. */
export async function undoMerge(ctx: DeskContext): Promise<void> {
  const mergeId = pathId(ctx);
  const outcome = await unmergeContacts(ctx.app, { mergeId, actor: ctx.actor });
  const page = `/desk/contacts/merges/${mergeId}`;
  if (!outcome.ok) {
    ctx.flash({ text: ctx.t(outcome.because), tone: 'warn' });
    return ctx.redirect(page);
  }
  const isWhole = isNothing(outcome.left);
  ctx.flash({
    text: ctx.t(isWhole ? 'desk.merge.undone' : 'desk.merge.undonePartly'),
    tone: isWhole ? 'ok' : 'warn',
  });
  ctx.redirect(isWhole ? `/desk/contacts/${outcome.goneId}` : page);
}

const isNothing = ({ rows, fields, hats }: LeftByUnmerge) =>
  Object.keys(rows).length === 0 && fields.length === 0 && hats === 0;
