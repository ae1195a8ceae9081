import { isToken } from '../../../agents/models/agent-token.js';
import { verifyPassword } from '../../../agents/passwords/hash-password.js';
import type { App } from '../../../database/app.js';
import { change } from '../../../database/change.js';
import { hashToken } from '../../../database/keys.js';
import type { Actor } from '../../../hooks/catalogue.js';
import { normaliseIdentity } from '../../normalise-identity.js';
import { insertContactSession, type StartedVisit } from '../insert-contact-session.js';
import { accessLimits } from '../limits/access-limits.js';

export interface SignInContact {
  readonly address: string;
  readonly password: string;
  readonly ip: string;
  readonly device: string;
  /** The token that the browser came with; it ends, whoever put it there. */
  readonly replaces?: string | undefined;
  readonly door?: string;
}

export type SignInContactAnswer =
  | ({ readonly ok: true } & StartedVisit)
  | { readonly ok: false; readonly because: 'core.signIn.wrong' }
  | { readonly ok: false; readonly because: 'core.signIn.tooMany'; readonly retryInSeconds: number };

interface Account {
  readonly identityId: number;
  readonly contactId: number;
  readonly hash: string;
}

/**
 * Tries a customer's password. Only an address that its owner has proven counts; an unknown one, one without a password
 * and a wrong password get the same answer after the same work.
 */
export async function signInContact(app: App, wanted: SignInContact): Promise<SignInContactAnswer> {
  const address = normaliseIdentity('email', wanted.address) ?? '';
  const retryInSeconds = accessLimits(app).takePassword(address, wanted.ip, app.now());
  if (retryInSeconds > 0) return { ok: false, because: 'core.signIn.tooMany', retryInSeconds };
  const account = await findAccount(app, address);
  const isRight = await verifyPassword(account?.hash ?? null, wanted.password);
  const started = account && isRight ? await enter(app, account, wanted) : undefined;
  if (!started) return refuse(app, account?.contactId ?? null, wanted);
  accessLimits(app).succeeded(address);
  return { ok: true, ...started };
}

function findAccount({ db }: App, address: string): Promise<Account | undefined> {
  return db('identities')
    .join('contact_passwords', 'contact_passwords.contactId', 'identities.contactId')
    .where({ 'identities.kind': 'email', 'identities.normalised': address })
    .whereNotNull('identities.verifiedAt')
    .first<Account | undefined>({
      identityId: 'identities.id',
      contactId: 'identities.contactId',
      hash: 'contact_passwords.hash',
    });
}

async function enter(
  app: App,
  { identityId, contactId, hash }: Account,
  { ip, device, replaces, door = 'portal' }: SignInContact,
): Promise<StartedVisit | undefined> {
  return change(app, async (step) => {
    const { trx, announce } = step;
    // Another password was set while this one was tried: then it was not right.
    const same: unknown = await trx('contact_passwords').where({ contactId, hash }).first('contactId');
    if (!same) return undefined;
    if (isToken(replaces)) await trx('contact_sessions').where('hash', hashToken(replaces)).delete();
    const started = await insertContactSession(step, { contactId, identityId, ip, device });
    const actor: Actor = { kind: 'contact', id: contactId, door };
    announce('contact.signedIn', { contactId, identityId, by: 'password', actor });
    return started;
  });
}

async function refuse(
  app: App,
  contactId: number | null,
  { door = 'portal' }: SignInContact,
): Promise<SignInContactAnswer> {
  await change(app, ({ announce }) => {
    announce('contact.signInFailed', { contactId, actor: { kind: 'system', id: 'sign-in', door } });
    return Promise.resolve();
  });
  return { ok: false, because: 'core.signIn.wrong' };
}
