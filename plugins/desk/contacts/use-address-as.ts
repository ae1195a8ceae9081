import { findContact, orNone, useIdentityAs, whole, type DeskContext } from '@helpdesk/core';
import { z } from 'zod';
import { pathId } from '../admin/path-id.js';

const schema = z.object({ hatId: orNone(whole().positive()) });

/** Says in which hat an address or number is used. */
export async function useAddressAs(ctx: DeskContext): Promise<void> {
  const { id: contactId } = await findContact(ctx.db, pathId(ctx));
  const { hatId } = await ctx.form(schema);
  await useIdentityAs(ctx.app, {
    contactId,
    identityId: pathId(ctx, 'identityId'),
    membershipId: hatId,
    actor: ctx.actor,
  });
  ctx.flash({ text: ctx.t('desk.contacts.identity.usedSaved') });
  ctx.redirect(`/desk/contacts/${contactId}`);
}
