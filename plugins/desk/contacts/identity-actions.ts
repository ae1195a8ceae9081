import { addIdentity, findContact, isError, removeIdentity, type DeskContext } from '@helpdesk/core';
import { z } from 'zod';
import { pathId } from '../admin/path-id.js';
import { findOwner } from './find-owner.js';
import { enteredKinds, problemOf } from './identity-kinds.js';
import { showContact } from './show-contact.js';

const schema = z.object({
  kind: z.enum(enteredKinds),
  value: z.string().trim().min(1).max(320),
  label: z.string().trim().max(40).default(''),
});

/** Adds an address or number; one that is somebody's already names that somebody. */
export async function addAddress(ctx: DeskContext): Promise<void> {
  const contactId = pathId(ctx);
  const form = await ctx.readForm(schema);
  if (!form.ok) return showContact(ctx, { identity: form });
  const { kind, value, label } = form.value;
  try {
    const { country } = ctx.app.company;
    await addIdentity(ctx.app, { contactId, kind, value, label, country, actor: ctx.actor });
  } catch (error) {
    if (isError(error, 'IDENTITY_TAKEN'))
      return showContact(ctx, {
        identity: { typed: form.value, problems: {} },
        taken: await findOwner(ctx, error.details),
      });
    if (!isError(error, 'INPUT_INVALID')) throw error;
    return showContact(ctx, { identity: { typed: form.value, problems: { value: problemOf(kind) } } });
  }
  ctx.flash({ text: ctx.t('desk.contacts.identity.added') });
  ctx.redirect(`/desk/contacts/${contactId}`);
}

/** Takes an address off; what was written from it stays. */
export async function removeAddress(ctx: DeskContext): Promise<void> {
  const contactId = pathId(ctx);
  await findContact(ctx.db, contactId);
  await removeIdentity(ctx.app, { contactId, identityId: pathId(ctx, 'identityId'), actor: ctx.actor });
  ctx.flash({ text: ctx.t('desk.contacts.identity.removed') });
  ctx.redirect(`/desk/contacts/${contactId}`);
}
