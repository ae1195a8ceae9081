import type { App } from '../../../database/app.js';
import { change } from '../../../database/change.js';
import { normaliseIdentity } from '../../normalise-identity.js';
import { insertLink } from '../insert-link.js';
import { accessLimits } from '../limits/access-limits.js';
import { refusesLinks } from '../refuses-links.js';

export interface AskForLink {
  readonly address: string;
  /** The visitor's address, for the limit. */
  readonly ip: string;
  /** Where to go afterwards; whoever leads there checks that it is a path of this site. */
  readonly next?: string | undefined;
}

/**
 * Makes the token of a link that lets the owner of a mail address in, once, within an hour. The visitor is answered the
 * same words in any case; the mail holds nothing that was typed but the address it goes to.
 * @returns null for what is no address, one of our own mailboxes', a machine's, or after too many; as much work either way
 */
export async function askForLink(
  app: App,
  { address: typed, ip, next }: AskForLink,
): Promise<{ token: string; address: string } | null> {
  const address = normaliseIdentity('email', typed) ?? '';
  const isRefused = address === '' || (await refusesLinks(app.db, address));
  if (accessLimits(app).takeLink(address, ip, app.now()) > 0) return null;
  return change(app, async (step) => {
    const link = { purpose: 'sign-in', contactId: null, kind: 'email', address } as const;
    // What is refused costs the same writes: a link that is over already, gone with the next one.
    const life = isRefused ? { life: 0 } : {};
    const token = await insertLink(step, { ...link, next: next?.slice(0, 500) ?? null }, life);
    return isRefused ? null : { token, address };
  });
}
