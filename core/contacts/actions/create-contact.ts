import type { App } from '../../database/app.js';
import { change } from '../../database/change.js';
import { errors } from '../../errors/errors.js';
import type { Actor } from '../../hooks/catalogue.js';
import { normaliseIdentity } from '../normalise-identity.js';
import { addContact, type NewIdentity } from './add-contact.js';

export interface CreateContact {
  name: string;
  identities: readonly { kind: string; value: string; label?: string }[];
  /** For phones without a country code. */
  country?: string;
  actor: Actor;
}

/** Create a contact by hand. @throws INPUT_INVALID for a value that is none of its kind, IDENTITY_TAKEN. */
export async function createContact(app: App, input: CreateContact): Promise<number> {
  const identities = input.identities.map((given) => checkIdentity(given, input.country));
  await refuseTaken(app, identities);
  return change(app, (step) => addContact(app, step, { name: input.name, identities, actor: input.actor }));
}

/** @throws INPUT_INVALID */
export function checkIdentity(
  given: { kind: string; value: string; label?: string },
  country?: string,
): NewIdentity {
  const normalised = normaliseIdentity(given.kind, given.value, country);
  if (normalised === undefined)
    throw errors.INPUT_INVALID({ because: `"${given.value}" is no ${given.kind}` });
  return { kind: given.kind, value: given.value.trim(), normalised, label: given.label || null };
}

/** @throws IDENTITY_TAKEN with the contact that has it */
export async function refuseTaken(app: App, identities: readonly NewIdentity[]): Promise<void> {
  for (const { kind, normalised, value } of identities) {
    const taken: { contactId: number } | undefined = await app
      .db('identities')
      .where({ kind, normalised })
      .first();
    if (taken) throw errors.IDENTITY_TAKEN({ value, contactId: taken.contactId });
  }
}
