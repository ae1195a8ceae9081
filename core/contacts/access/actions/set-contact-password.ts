import { refused, type Outcome } from '../../../agents/outcome.js';
import { checkPassword } from '../../../agents/passwords/check-password.js';
import { hashPassword } from '../../../agents/passwords/hash-password.js';
import type { App } from '../../../database/app.js';
import { change } from '../../../database/change.js';
import type { Actor } from '../../../hooks/catalogue.js';
import { holdContact } from '../../hold-contact.js';
import type { Visitor } from '../models/visitor.js';

export interface SetContactPassword {
  readonly visitor: Visitor;
  readonly password: string;
  /** The company's name, which is no password. */
  readonly company?: string;
  readonly actor: Actor;
}

/** Sets a customer's password. They are signed in by a proven address; all their other sessions end. */
export async function setContactPassword(
  app: App,
  { visitor, password, company = '', actor }: SetContactPassword,
): Promise<Outcome> {
  const { identityId, name, sessionId } = visitor;
  const address: { value: string } | undefined = await app
    .db('identities')
    .where({ id: identityId ?? 0, contactId: visitor.contactId })
    .whereNotNull('verifiedAt')
    .first('value');
  if (!address) return refused('core.access.proveFirst', 'password');
  const bad = checkPassword(password, { email: address.value, name, company });
  if (bad) return bad;
  const hash = await hashPassword(password);
  return change(app, async (step) => {
    const { trx, at, announce } = step;
    const contactId = await holdContact(step, visitor.contactId);
    if (contactId !== visitor.contactId) return refused('core.access.proveFirst', 'password');
    const row = { contactId, hash, setAt: at };
    await trx('contact_passwords').insert(row).onConflict('contactId').merge(row);
    await trx('contact_sessions').where({ contactId }).whereNot('id', sessionId).delete();
    announce('contact.passwordSet', { contactId, actor });
    return { ok: true };
  });
}
