import { errors, removeView, renameView, saveView, ticked, type DeskContext } from '@helpdesk/core';
import { z } from 'zod';
import { forget } from './remember.js';
import { idOf } from './ticket-view.js';
import { parseView, printView } from './ticket-views.js';

const name = z.string().trim().min(1).max(60);

/** Keeps the list that is shown under a name. */
export async function addSavedView(ctx: DeskContext): Promise<void> {
  const form = await ctx.form(z.object({ name, query: z.string().max(1000), shared: ticked() }));
  if (form.shared && !ctx.can('views.share')) throw errors.PERMISSION_MISSING({ permission: 'views.share' });
  const saved = await saveView(ctx.app, {
    agentId: form.shared ? null : ctx.viewer.agentId,
    name: form.name,
    query: printView(parseView(form.query)),
    actor: ctx.actor,
  });
  forget(ctx.app, `views ${ctx.viewer.agentId}`);
  ctx.flash({ text: ctx.t('desk.inbox.saved.done', { name: saved.name }) });
  ctx.redirect(`/desk/inbox?saved=${saved.id}`);
}

export async function renameSavedView(ctx: DeskContext): Promise<void> {
  const form = await ctx.form(z.object({ name }));
  const view = await renameView(ctx.app, { ...viewOf(ctx), name: form.name });
  forget(ctx.app, `views ${ctx.viewer.agentId}`);
  ctx.flash({ text: ctx.t('desk.inbox.saved.renamed', { name: view.name }) });
  ctx.redirect(`/desk/inbox?saved=${view.id}`);
}

/** Forgets a view; "Undo" keeps it again. */
export async function removeSavedView(ctx: DeskContext): Promise<void> {
  const view = await removeView(ctx.app, viewOf(ctx));
  forget(ctx.app, `views ${ctx.viewer.agentId}`);
  const fields = { name: view.name, query: view.query, ...(view.agentId === null ? { shared: '1' } : {}) };
  ctx.flash({
    text: ctx.t('desk.inbox.saved.removed', { name: view.name }),
    undo: { url: '/desk/inbox/views', seconds: 10, fields },
  });
  ctx.redirect('/desk/inbox');
}

function viewOf(ctx: DeskContext) {
  const viewId = idOf(ctx.params['id']);
  if (!viewId) throw errors.VIEW_UNKNOWN();
  return { viewId, agentId: ctx.viewer.agentId, canShare: ctx.can('views.share'), actor: ctx.actor };
}
