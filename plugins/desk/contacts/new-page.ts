import { createContact, isError, normaliseIdentity, type DeskContext, type FormResult } from '@helpdesk/core';
import { z } from 'zod';
import { asStored, presentForm, type FormState } from '../admin/form-fields.js';
import { problemOf } from './identity-kinds.js';
import { findOwner, type Owner } from './find-owner.js';

const schema = z.object({
  name: z.string().trim().min(1).max(255),
  email: z.string().trim().max(320).default(''),
  phone: z.string().trim().max(40).default(''),
});

export const newPage = (ctx: DeskContext): Promise<void> => {
  const { name = '', email = '', phone = '' } = ctx.query;
  return show(ctx, asStored({ name, email, phone }));
};

/** Creates a contact; an address or number that is somebody's leads to that somebody. */
export async function createPage(ctx: DeskContext): Promise<void> {
  const form = await ctx.readForm(schema);
  if (!form.ok) return show(ctx, form);
  const { country } = ctx.app.company;
  const identities = identitiesOf(form.value);
  const problems = Object.fromEntries(
    identities
      .filter(({ kind, value }) => normaliseIdentity(kind, value, country) === undefined)
      .map(({ kind }) => [kind, problemOf(kind)]),
  );
  if (Object.keys(problems).length > 0) return show(ctx, { typed: form.value, problems });
  try {
    const { name } = form.value;
    const contactId = await createContact(ctx.app, { name, identities, country, actor: ctx.actor });
    ctx.flash({ text: ctx.t('desk.contacts.created') });
    ctx.redirect(`/desk/contacts/${contactId}`);
  } catch (error) {
    if (!isError(error, 'IDENTITY_TAKEN')) throw error;
    await show(ctx, asStored(form.value), await findOwner(ctx, error.details));
  }
}

type Typed = Extract<FormResult<z.output<typeof schema>>, { ok: true }>['value'];
const identitiesOf = ({ email, phone }: Typed) =>
  [
    { kind: 'email', value: email },
    { kind: 'phone', value: phone },
  ].filter(({ value }) => value !== '');

async function show(ctx: DeskContext, state: FormState, taken?: Owner): Promise<void> {
  const form = presentForm(ctx, state, [
    { name: 'name', label: 'desk.contacts.field.name', required: true, maxlength: 255 },
    {
      name: 'email',
      label: 'desk.contacts.kind.email',
      kind: 'email',
      optional: true,
      maxlength: 320,
      autocomplete: 'off',
    },
    {
      name: 'phone',
      label: 'desk.contacts.kind.phone',
      kind: 'tel',
      optional: true,
      maxlength: 40,
      autocomplete: 'off',
    },
  ]);
  const status = form.errors.length > 0 || taken ? 422 : 200;
  await ctx.render('desk/contact-new', { form, taken }, { status });
}
