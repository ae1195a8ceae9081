import {
  addMembership,
  changeMembership,
  createOrganization,
  endMembership,
  errors,
  findContact,
  findContactCard,
  findOrganization,
  orNone,
  whole,
  type DeskContext,
} from '@helpdesk/core';
import { z } from 'zod';
import { pathId } from '../admin/path-id.js';
import { firstDay } from './hat-dates.js';
import { datesOf, hatFields, problemsOfHat, roleOr } from './hat-form.js';
import { readContactRoles } from './role-names.js';
import { showContact } from './show-contact.js';

const newHat = z.object({
  /** Empty: as a private person, unless a new organization is named. */
  organizationId: orNone(whole().positive()),
  organization: z.string().trim().max(255).default(''),
  ...hatFields,
});

/** Gives a contact a hat of an organization that is chosen, or created by its name. */
export async function addHat(ctx: DeskContext): Promise<void> {
  const { id: contactId } = await findContact(ctx.db, pathId(ctx));
  const form = await ctx.readForm(newHat);
  if (!form.ok) return showContact(ctx, { hat: form });
  const { organizationId: chosen, organization: name, role, title } = form.value;
  const { actor } = ctx;
  if (chosen !== null) await findOrganization(ctx.db, chosen);
  const hasOrganization = chosen !== null || name !== '';
  const problems = problemsOfHat(form.value, { roles: await readContactRoles(ctx.app), hasOrganization });
  const { to, from } = form.value;
  const today = firstDay(ctx.now.toISOString(), ctx);
  if (to !== '' && from === '' && to < today) problems['to'] ??= 'desk.contacts.hat.backwards';
  if (Object.keys(problems).length > 0)
    return showContact(ctx, { hat: { typed: await ctx.typed(), problems } });
  const organizationId = name === '' ? chosen : await createOrganization(ctx.app, { name, actor });
  await addMembership(ctx.app, {
    contactId,
    organizationId,
    role: roleOr(role, hasOrganization),
    title: title || null,
    ...datesOf(ctx, form.value),
    actor,
  });
  ctx.flash({ text: ctx.t('desk.contacts.hat.added') });
  ctx.redirect(`/desk/contacts/${contactId}`);
}

/** Changes role, title and days of a hat. */
export async function changeHatPage(ctx: DeskContext): Promise<void> {
  const { id: contactId } = await findContact(ctx.db, pathId(ctx));
  const membershipId = pathId(ctx, 'hatId');
  const { hats } = await findContactCard(ctx.db, contactId);
  const hat = hats.find(({ id }) => id === membershipId);
  if (!hat) throw errors.NOT_FOUND();
  const hasOrganization = hat.organizationId !== null;
  const form = await ctx.readForm(z.object(hatFields));
  if (!form.ok) return showContact(ctx, { changedHat: { id: hat.id, state: form } });
  const { role, title, from } = form.value;
  const typed = { ...form.value, from: from || firstDay(hat.validFrom, ctx) };
  const problems = problemsOfHat(typed, { roles: await readContactRoles(ctx.app), hasOrganization });
  if (Object.keys(problems).length > 0)
    return showContact(ctx, { changedHat: { id: hat.id, state: { typed: form.value, problems } } });
  const dates = datesOf(ctx, form.value);
  // The same day leaves the moment as it is.
  const keepsBegin = typed.from === firstDay(hat.validFrom, ctx);
  await changeMembership(ctx.app, {
    contactId,
    membershipId,
    fields: {
      ...(hasOrganization ? { role: role || hat.role, title: title || null } : {}),
      ...(keepsBegin ? {} : { validFrom: dates.validFrom }),
      validTo: dates.validTo,
    },
    actor: ctx.actor,
  });
  ctx.flash({ text: ctx.t('desk.contacts.hat.saved') });
  ctx.redirect(`/desk/contacts/${contactId}`);
}

/** Takes a hat off from now on. */
export async function endHat(ctx: DeskContext): Promise<void> {
  const { id: contactId } = await findContact(ctx.db, pathId(ctx));
  await endMembership(ctx.app, { contactId, membershipId: pathId(ctx, 'hatId'), actor: ctx.actor });
  ctx.flash({ text: ctx.t('desk.contacts.hat.ended') });
  ctx.redirect(`/desk/contacts/${contactId}`);
}
