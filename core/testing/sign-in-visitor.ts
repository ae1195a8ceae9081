import { change } from '../database/change.js';
import { insertContactSession } from '../contacts/access/insert-contact-session.js';
import { addContact } from '../contacts/actions/add-contact.js';
import { findByIdentity } from '../contacts/queries/find-by-identity.js';
import { normaliseIdentity } from '../contacts/normalise-identity.js';
import type { IdentityRecord } from '../contacts/models/identity.js';
import type { HostApp } from '../plugins/host-app.js';

/**
 * Signs a customer in at the portal as their link would: by contact id (the first mail address counts) or by address,
 * which becomes a contact when nobody has it.
 * @returns the cookie header
 */
export async function signInVisitor(
  { app }: { readonly app: HostApp },
  who: number | string,
): Promise<string> {
  const identity = typeof who === 'number' ? await addressOf(app, who) : await ownerOf(app, who);
  const { token } = await change(app, async (step) => {
    const { id: identityId, contactId } = identity;
    await step.trx('identities').where({ id: identityId }).update({ verifiedAt: step.at });
    return insertContactSession(step, { contactId, identityId, ip: '127.0.0.1', device: 'test' });
  });
  return `hdp=${token}`;
}

async function addressOf({ db }: HostApp, contactId: number): Promise<IdentityRecord> {
  const known = await db('identities')
    .where({ contactId, kind: 'email' })
    .orderBy('id')
    .first<IdentityRecord | undefined>();
  if (!known) throw new Error(`the contact ${contactId} has no mail address`);
  return known;
}

async function ownerOf(app: HostApp, value: string): Promise<IdentityRecord> {
  const normalised = normaliseIdentity('email', value);
  if (normalised === undefined) throw new Error(`"${value}" is no mail address`);
  const find = () => findByIdentity(app.db, { kind: 'email', normalised });
  const known = await find();
  if (known) return known;
  const actor = { kind: 'system', id: 'test' } as const;
  const identities = [{ kind: 'email', value, normalised }];
  await change(app, (step) => addContact(app, step, { name: value, identities, actor }));
  const added = await find();
  if (!added) throw new Error('the contact was not added');
  return added;
}
