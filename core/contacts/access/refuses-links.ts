import type { Knex } from 'knex';
import { normaliseIdentity } from '../normalise-identity.js';

const MACHINES = /^(?:no-?reply|do-?not-?reply|mailer-daemon|postmaster)$/;

/**
 * Whether this address can never be a customer's: it is one of our own mailboxes, with anything behind a plus, or a
 * machine's. Else whoever can make somebody write to our mailbox could read the letter as its "customer".
 * @param address as `normaliseIdentity` gives it
 */
export async function refusesLinks(db: Knex, address: string): Promise<boolean> {
  const given = withoutTag(address);
  if (MACHINES.test(given.slice(0, given.lastIndexOf('@')))) return true;
  const accounts: { address: string }[] = await db('channel_accounts').select('address');
  return accounts.some((account) => {
    const own = normaliseIdentity('email', account.address);
    return own !== undefined && withoutTag(own) === given;
  });
}

/** `support+anything@desk.example` arrives where `support@desk.example` does. */
function withoutTag(address: string): string {
  const at = address.lastIndexOf('@');
  const local = address.slice(0, at);
  const plus = local.indexOf('+');
  return (plus > 0 ? local.slice(0, plus) : local) + address.slice(at);
}
