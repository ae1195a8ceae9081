import type { App } from '../../database/app.js';
import type { Change } from '../../database/change.js';
import { indexWords } from '../../database/search/index-words.js';
import type { Actor } from '../../hooks/catalogue.js';
import { compareContact } from '../duplicates/compare-contact.js';
import { insertIdentities } from '../insert-identities.js';

export interface NewIdentity {
  kind: string;
  value: string;
  normalised: string;
  label?: string | null;
}
export interface NewContact {
  name: string;
  language?: string | null;
  identities: readonly NewIdentity[];
  /** Look within a minute, not now, for those who may be the same person: a letter shall not wait for it. */
  compareLater?: boolean;
  actor: Actor;
}

/**
 * Adds a contact with identities inside a change; a person with none of them known is a new contact.
 * @throws IDENTITY_TAKEN
 */
export async function addContact(app: App, change: Change, contact: NewContact): Promise<number> {
  const { trx, at } = change;
  const name = contact.name.slice(0, 255) || contact.identities[0]?.value || '—';
  const [row] = await trx('contacts')
    .insert({ name, language: contact.language ?? null, createdAt: at, updatedAt: at })
    .returning<{ id: number }[]>('id');
  const contactId = (row as { id: number }).id;
  await insertIdentities(change, contactId, contact.identities);
  await indexSpelled(app, change, { contactId, name, identities: contact.identities });
  if (contact.compareLater) await trx('uncompared_contacts').insert({ contactId });
  else compareContact(change, contactId);
  change.announce('contact.created', { contactId, actor: contact.actor });
  return contactId;
}

/** Makes a contact findable by name and by every identity, and by those who may be the same person. */
export async function indexContact(app: App, step: Change, contact: Spelled): Promise<void> {
  await indexSpelled(app, step, contact);
  compareContact(step, contact.contactId);
}

interface Spelled {
  contactId: number;
  name: string;
  identities: readonly { value: string; normalised: string }[];
}

async function indexSpelled(app: App, step: Change, contact: Spelled): Promise<void> {
  const spelled = contact.identities.flatMap(({ value, normalised }) => [value, normalised]);
  const text = [contact.name, ...spelled].join(' ');
  await indexWords(step.trx, app.database.engine, { table: 'contacts_search', id: contact.contactId, text });
}

/** The same from what is stored, after its identities came or went. */
export async function reindexContact(app: App, step: Change, contactId: number): Promise<void> {
  const contact: { name: string } = await step.trx('contacts').where({ id: contactId }).first('name');
  const identities = await step.trx('identities').where({ contactId }).select('value', 'normalised');
  await indexContact(app, step, { contactId, name: contact.name, identities });
}
