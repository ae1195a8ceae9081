import { isToken } from '../../../agents/models/agent-token.js';
import type { App } from '../../../database/app.js';
import { change, type Change } from '../../../database/change.js';
import { hashToken } from '../../../database/keys.js';
import type { Actor } from '../../../hooks/catalogue.js';
import { addContact } from '../../actions/add-contact.js';
import { holdContact } from '../../hold-contact.js';
import type { IdentityRecord } from '../../models/identity.js';
import { insertContactSession, type StartedVisit } from '../insert-contact-session.js';
import { takeLink } from '../insert-link.js';
import { verifyIdentity } from '../verify-identity.js';

export interface UseLink {
  readonly token: string;
  readonly ip: string;
  readonly device: string;
  /** The token that the browser came with; it ends, whoever put it there. */
  readonly replaces?: string | undefined;
  /** What a person who is new is called until they say it themselves. */
  readonly name?: string;
  readonly language?: string | null;
  readonly door?: string;
}

/**
 * Lets the owner of an address in by the link that was sent there: the address is proven, a person who is new becomes a
 * contact, and the link is used up.
 * @returns null when the link is unknown, used or over
 */
export async function useLink(
  app: App,
  { token, ip, device, replaces, door = 'portal', ...person }: UseLink,
): Promise<(StartedVisit & { readonly next: string | null }) | null> {
  if (!isToken(token)) return null;
  return change(app, async (step) => {
    const link = await takeLink(step, { hash: hashToken(token), purpose: 'sign-in' });
    if (!link) return null;
    const identity = await ownIdentity(app, step, { address: link.address, ...person });
    const { id: identityId, contactId } = identity;
    const actor: Actor = { kind: 'contact', id: contactId, door };
    await verifyIdentity(step, { identity, actor });
    if (isToken(replaces)) await step.trx('contact_sessions').where('hash', hashToken(replaces)).delete();
    const started = await insertContactSession(step, { contactId, identityId, ip, device });
    step.announce('contact.signedIn', { contactId, identityId, by: 'link', actor });
    return { ...started, next: link.next };
  });
}

type Owned = Pick<IdentityRecord, 'id' | 'contactId' | 'kind' | 'verifiedAt'>;

async function ownIdentity(
  app: App,
  step: Change,
  { address, name, language }: { address: string; name?: string; language?: string | null },
): Promise<Owned> {
  const find = () =>
    step
      .trx('identities')
      .where({ kind: 'email', normalised: address })
      .first<Owned | undefined>('id', 'contactId', 'kind', 'verifiedAt');
  const known = await find();
  if (known) {
    await holdContact(step, known.contactId);
    return known;
  }
  await addContact(app, step, {
    name: name ?? address,
    language: language ?? null,
    identities: [{ kind: 'email', value: address, normalised: address }],
    actor: { kind: 'system', id: 'visitor', door: 'portal' },
  });
  const added = await find();
  if (!added) throw new Error('the address of a new contact is not there');
  return added;
}
