import {
  agentNames,
  changeOrganization,
  findOrganization,
  initialsOf,
  isError,
  listMembers,
  listOrganizationMarks,
  listStatuses,
  listTickets,
  whole,
  type DeskContext,
} from '@helpdesk/core';
import { z } from 'zod';
import { asStored, presentForm, type FormState } from '../admin/form-fields.js';
import { pathId } from '../admin/path-id.js';
import { domainField } from './domain-field.js';
import { lastMoment } from './hat-dates.js';
import { presentOrganizationMarks, type TypedMark } from './marks/present-organization-marks.js';
import { presentHistory } from './present-history.js';
import { readContactRoles, roleName } from './role-names.js';

const schema = z.object({
  name: z.string().trim().min(1).max(255),
  domain: domainField,
  note: z.string().max(10_000).default(''),
  version: whole().positive(),
});

/** An organization: who belongs to it, and their tickets written in its hat. */
export async function organizationPage(
  ctx: DeskContext,
  {
    state,
    isConflict = false,
    typedVersion,
    mark,
  }: { state?: FormState; isConflict?: boolean; typedVersion?: number; mark?: TypedMark } = {},
): Promise<void> {
  const organizationId = pathId(ctx);
  const { db, viewer } = ctx;
  const filter = { organizationId, bucket: 'any' as const };
  const [organization, members, tickets, statuses, names, roles, marks] = await Promise.all([
    findOrganization(db, organizationId),
    listMembers(db, { organizationId }),
    ctx.can('tickets.read') ? listTickets(db, { viewer, filter, order: 'newest', limit: 30 }) : { rows: [] },
    listStatuses(db),
    agentNames(db),
    readContactRoles(ctx.app),
    listOrganizationMarks(db, { organizationIds: [organizationId], includeCleared: true }),
  ]);
  const { name, domain, note, version } = organization;
  const form = presentForm(ctx, state ?? asStored({ name, domain: domain ?? '', note }), [
    { name: 'name', label: 'desk.organizations.field.name', required: true, maxlength: 255 },
    { name: 'domain', label: 'desk.organizations.field.domain', optional: true, maxlength: 253 },
    { name: 'note', label: 'desk.contacts.field.note', kind: 'textarea', optional: true, maxlength: 10_000 },
  ]);
  const hasErrors = form.errors.length > 0;
  await ctx.render(
    'desk/organization',
    {
      organizationId,
      organization: { name, domain, note, initials: initialsOf(name), count: members.length },
      members: members.map(({ contactId, name: member, role, title, validFrom, validTo }) => ({
        href: `/desk/contacts/${contactId}`,
        name: member,
        person: { name: member, initials: initialsOf(member) },
        title: [roleName(ctx, roles, role), title].filter(Boolean).join(', '),
        beginsAt: validFrom > ctx.now.toISOString() ? validFrom : undefined,
        endedAt: validTo === null ? undefined : lastMoment(validTo),
      })),
      marks: presentOrganizationMarks(ctx, marks, { names, typed: mark, organizationId }),
      months: presentHistory(ctx, tickets.rows, { statuses, names }),
      form,
      version: typedVersion ?? version,
      isConflict,
      isOpen: hasErrors || isConflict,
      action: `/desk/organizations/${organizationId}`,
    },
    { status: hasErrors || mark ? 422 : isConflict ? 409 : 200 },
  );
}

export async function changeOrganizationPage(ctx: DeskContext): Promise<void> {
  const organizationId = pathId(ctx);
  const form = await ctx.readForm(schema);
  if (!form.ok) {
    const typedVersion = Number(form.typed['version']);
    return organizationPage(ctx, { state: form, ...(typedVersion > 0 ? { typedVersion } : {}) });
  }
  const { version: expectedVersion, ...fields } = form.value;
  try {
    await changeOrganization(ctx.app, { organizationId, fields, expectedVersion, actor: ctx.actor });
  } catch (error) {
    if (!isError(error, 'TICKET_CHANGED')) throw error;
    return organizationPage(ctx, { state: asStored(await ctx.typed()), isConflict: true });
  }
  ctx.flash({ text: ctx.t('desk.organizations.saved') });
  ctx.redirect(`/desk/organizations/${organizationId}`);
}
