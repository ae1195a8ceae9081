import { createHmac, timingSafeEqual } from 'node:crypto';
import { normaliseIdentity, openSecrets, type HostApp } from '@helpdesk/core';

/**
 * The address of somebody who is signed in at the site, when the site has signed it: HMAC-SHA-256 of the address under
 * the secret of the chat, in hex.
 */
export async function proveUser(
  app: HostApp,
  { accountId, user, sign }: { accountId: number; user: string | undefined; sign: string | undefined },
): Promise<string | undefined> {
  if (!user || !sign) return undefined;
  const { userSecret } = await openSecrets(app, accountId);
  if (!userSecret) return undefined;
  const expected = createHmac('sha256', userSecret).update(user).digest();
  const given = Buffer.from(sign, 'hex');
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined;
  return normaliseIdentity('email', user);
}
