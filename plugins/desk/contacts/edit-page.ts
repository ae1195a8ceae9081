import {
  changeContact,
  findContact,
  isError,
  orNone,
  whole,
  type DeskContext,
  isTimeZone,
  timeZoneOptions,
} from '@helpdesk/core';
import { z } from 'zod';
import { asStored, presentForm, type FormState } from '../admin/form-fields.js';
import { pathId } from '../admin/path-id.js';

const schema = z.object({
  name: z.string().trim().min(1).max(255),
  language: orNone(z.enum(['ru', 'en'])),
  timeZone: orNone(z.string().refine(isTimeZone, 'core.timeZone.unknown')),
  preferredChannel: orNone(z.string().max(100)),
  note: z.string().max(10_000).default(''),
  version: whole().positive(),
});

export async function editPage(ctx: DeskContext): Promise<void> {
  const { id, name, language, timeZone, preferredChannel, note, version } = await findContact(
    ctx.db,
    pathId(ctx),
  );
  const stored = {
    name,
    language: language ?? '',
    timeZone: timeZone ?? '',
    preferredChannel: preferredChannel ?? '',
    note,
  };
  await show(ctx, asStored(stored), { id, version, isConflict: false });
}

/** Saves the card; when somebody was quicker, what was typed stays and the next try is made on the new version. */
export async function changeContactPage(ctx: DeskContext): Promise<void> {
  const contactId = pathId(ctx);
  const form = await ctx.readForm(schema);
  const { version: now } = await findContact(ctx.db, contactId);
  if (!form.ok) {
    const version = Number(form.typed['version']) || now;
    return show(ctx, form, { id: contactId, version, isConflict: false });
  }
  const { version: expectedVersion, ...fields } = form.value;
  const { preferredChannel } = fields;
  // One that is switched off now may stay; one that never was is not taken.
  const { preferredChannel: kept } = await findContact(ctx.db, contactId);
  if (preferredChannel && preferredChannel !== kept && !ctx.app.channels.has(preferredChannel))
    return show(
      ctx,
      { typed: await ctx.typed(), problems: { preferredChannel: 'core.form.choice' } },
      { id: contactId, version: expectedVersion, isConflict: false },
    );
  try {
    await changeContact(ctx.app, { contactId, fields, expectedVersion, actor: ctx.actor });
  } catch (error) {
    if (!isError(error, 'TICKET_CHANGED')) throw error;
    const { version } = await findContact(ctx.db, contactId);
    return show(ctx, asStored(await ctx.typed()), { id: contactId, version, isConflict: true });
  }
  ctx.flash({ text: ctx.t('desk.contacts.saved') });
  ctx.redirect(`/desk/contacts/${contactId}`);
}

async function show(
  ctx: DeskContext,
  state: FormState,
  { id, version, isConflict }: { id: number; version: number; isConflict: boolean },
): Promise<void> {
  const none = { value: '', label: ctx.t('desk.contacts.field.unknown') };
  const form = presentForm(ctx, state, [
    { name: 'name', label: 'desk.contacts.field.name', required: true, maxlength: 255 },
    {
      name: 'language',
      label: 'desk.contacts.field.language',
      kind: 'select',
      options: [
        none,
        ...['ru', 'en'].map((value) => ({ value, label: ctx.t(`desk.admin.language.${value}`) })),
      ],
    },
    {
      name: 'timeZone',
      label: 'desk.contacts.field.timeZone',
      kind: 'select',
      options: [none, ...timeZoneOptions(ctx, String(state.typed['timeZone'] ?? ''))],
    },
    {
      name: 'preferredChannel',
      label: 'desk.contacts.field.preferredChannel',
      hint: 'desk.contacts.field.preferredChannelHint',
      kind: 'select',
      options: [
        { value: '', label: ctx.t('desk.contacts.field.anyChannel') },
        ...[...ctx.app.channels.values()]
          .filter(({ sendsNothing }) => !sendsNothing)
          .map(({ id: value, title }) => ({ value, label: ctx.t(title) })),
      ],
    },
    {
      name: 'note',
      label: 'desk.contacts.field.note',
      kind: 'textarea',
      rows: 6,
      optional: true,
      maxlength: 10_000,
    },
  ]);
  const status = form.errors.length > 0 ? 422 : isConflict ? 409 : 200;
  const back = `/desk/contacts/${id}`;
  await ctx.render(
    'desk/contact-edit',
    { form, version, isConflict, back, action: `${back}/edit` },
    { status },
  );
}
