import type { App } from '../../database/app.js';
import { change } from '../../database/change.js';
import { errors } from '../../errors/errors.js';
import type { Actor } from '../../hooks/catalogue.js';
import { findContact } from '../queries/find-contact.js';
import type { ContactRecord } from '../models/contact.js';
import { reindexContact } from './add-contact.js';

export interface ChangeContact {
  contactId: number;
  fields: Partial<Pick<ContactRecord, 'name' | 'language' | 'timeZone' | 'note' | 'preferredChannel'>>;
  expectedVersion?: number;
  actor: Actor;
}

/** Change what is written on a contact's card. @throws CONTACT_UNKNOWN, TICKET_CHANGED when somebody was quicker. */
export async function changeContact(app: App, input: ChangeContact): Promise<void> {
  const contact = await findContact(app.db, input.contactId);
  const { name, language, timeZone, note, preferredChannel } = input.fields;
  const wanted = Object.entries({ name, language, timeZone, note, preferredChannel });
  const changed = wanted.filter(
    ([field, value]) => value !== undefined && value !== contact[field as 'name'],
  );
  if (changed.length === 0) return;
  await change(app, async (step) => {
    const version = input.expectedVersion ?? contact.version;
    const patch = { ...Object.fromEntries(changed), updatedAt: step.at, version: version + 1 };
    const written = await step.trx('contacts').where({ id: contact.id, version }).update(patch);
    if (written === 0) throw errors.TICKET_CHANGED();
    if (name !== undefined) await reindexContact(app, step, contact.id);
    const fields = changed.map(([field]) => field);
    step.announce('contact.changed', { contactId: contact.id, fields, actor: input.actor });
  });
}
