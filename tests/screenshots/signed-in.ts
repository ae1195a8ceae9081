import { signIn } from '@helpdesk/core';
import type { TestDesk } from '@helpdesk/core/testing';

/** The cookie of the owner. */
export async function signedIn({ app, owner }: TestDesk): Promise<string> {
  const signed = await signIn(app, { ...owner, ip: '127.0.0.1', device: 'Chrome' });
  if (!signed.ok) throw new Error(signed.because);
  return signed.token;
}
