import type { Knex } from 'knex';
import { errors } from '../../errors/errors.js';
import { Contact, type ContactRecord } from '../models/contact.js';

/** A contact, or the one it was merged into: never one that went. @throws CONTACT_UNKNOWN */
export async function findContact(db: Knex, contactId: number): Promise<ContactRecord> {
  for (let id = contactId; ;) {
    const contact = await Contact.query(db).findById(id);
    if (!contact) throw errors.CONTACT_UNKNOWN();
    if (contact.mergedIntoId === null) return contact.toJSON() as ContactRecord;
    id = contact.mergedIntoId;
  }
}
