import {
  can,
  findContact,
  findOrganization,
  orNone,
  whole,
  type DeskContext,
  type HostApp,
  type Viewer,
} from '@helpdesk/core';
import { z } from 'zod';
import { findSegment } from '../segments/find-segment.js';
import { applyRules } from '../segments/apply-rules.js';
import { leaveToRules, putInSegment } from '../segments/put-in-segment.js';
import { readSegments, segmentOfContact } from '../segments/segments-of.js';
import { pathId } from './path-id.js';

/** `rule`: leave it to the rules; empty: in none. */
const Form = z.object({ segment: z.union([z.literal('rule'), orNone(whole().positive())]) });
type Member = { contactId: number } | { organizationId: number };

/** Puts a contact or an organization into a segment by hand. @throws CONTACT_UNKNOWN, ORGANIZATION_UNKNOWN */
export async function setContactPage(ctx: DeskContext): Promise<void> {
  const contactId = pathId(ctx);
  await findContact(ctx.db, contactId);
  await set(ctx, { contactId }, `/desk/contacts/${contactId}`);
}

export async function setOrganizationPage(ctx: DeskContext): Promise<void> {
  const organizationId = pathId(ctx);
  await findOrganization(ctx.db, organizationId);
  await set(ctx, { organizationId }, `/desk/organizations/${organizationId}`);
}

async function set(ctx: DeskContext, member: Member, back: string): Promise<void> {
  const { segment } = await ctx.form(Form);
  const { actor, app } = ctx;
  if (typeof segment === 'number') await findSegment(ctx.db, segment);
  await ctx.change(async (step) => {
    if (segment === 'rule') await leaveToRules(step, { ...member, actor });
    else await putInSegment(step, { ...member, segmentId: segment, source: 'hand', actor });
  });
  if (segment === 'rule')
    await ('contactId' in member
      ? applyRules(app, 'contact', [member.contactId])
      : applyRules(app, 'organization', [member.organizationId]));
  ctx.flash({ text: ctx.t('routing.member.saved') });
  ctx.redirect(back);
}

/** Beside a contact or an organization: its segment, where it comes from, and the choice. */
export async function loadMember(
  app: HostApp,
  { member, viewer }: { member: Member; viewer: Viewer | null },
): Promise<Record<string, unknown> | undefined> {
  const { db } = app;
  const [segments, row, found] = await Promise.all([
    readSegments(db),
    db('routing_members').where(member).first('segmentId', 'source', 'since') as Promise<
      { segmentId: number | null; source: string; since: string } | undefined
    >,
    'contactId' in member ? segmentOfContact(db, member.contactId, app.now().toISOString()) : undefined,
  ]);
  if (segments.length === 0) return undefined;
  const own = segments.find(({ id }) => id === row?.segmentId);
  const segment = found?.segment ?? own;
  const mayChange = viewer !== null && can(viewer, 'routing.manage');
  return {
    segment: segment && { mark: segment.mark, name: segment.name },
    source: segment && (found?.from === 'organization' ? 'organization' : row?.source),
    since: found?.from === 'organization' ? undefined : row?.since,
    isNoneByHand: row?.source === 'hand' && row.segmentId === null,
    action: mayChange ? actionOf(member) : undefined,
    options: segments.map(({ id, mark, name }) => ({
      value: id,
      label: mark === name ? name : `${mark} · ${name}`,
      selected: row?.source === 'hand' && row.segmentId === id,
    })),
    isByRule: row?.source !== 'hand',
  };
}

const actionOf = (member: Member) =>
  'contactId' in member
    ? `/desk/routing/contacts/${member.contactId}/segment`
    : `/desk/routing/organizations/${member.organizationId}/segment`;
