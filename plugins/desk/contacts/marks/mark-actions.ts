import {
  clearOrganizationMark,
  errors,
  findOrganization,
  markOrganization,
  type DeskContext,
} from '@helpdesk/core';
import { z } from 'zod';
import { pathId } from '../../admin/path-id.js';
import { organizationPage } from '../organization-page.js';

const schema = z.object({ note: z.string().trim().min(1).max(2000) });

/** Marks an organization by hand. */
export async function putMark(ctx: DeskContext): Promise<void> {
  const organizationId = pathId(ctx);
  const form = await ctx.readForm(schema);
  if (!form.ok) return organizationPage(ctx, { mark: { id: null, state: form } });
  const { note } = form.value;
  await markOrganization(ctx.app, { organizationId, reason: 'byHand', note, actor: ctx.actor });
  ctx.flash({ text: ctx.t('desk.marks.marked') });
  ctx.redirect(`/desk/organizations/${organizationId}`);
}

/** Clears a mark with what was done about it. */
export async function clearMark(ctx: DeskContext): Promise<void> {
  const { id: organizationId } = await findOrganization(ctx.db, pathId(ctx));
  const markId = pathId(ctx, 'markId');
  const own: unknown = await ctx.db('organization_marks').where({ id: markId, organizationId }).first('id');
  if (!own) throw errors.NOT_FOUND();
  const form = await ctx.readForm(schema);
  if (!form.ok) return organizationPage(ctx, { mark: { id: markId, state: form } });
  await clearOrganizationMark(ctx.app, { markId, note: form.value.note, actor: ctx.actor });
  ctx.flash({ text: ctx.t('desk.marks.cleared') });
  ctx.redirect(`/desk/organizations/${organizationId}`);
}
