import type { Channel, ChannelAccount, HostApp, IdentityRecord, TicketRecord } from '@helpdesk/core';

/** One way to answer: an account of a channel, and where the customer is reached by it. */
export interface Way {
  readonly channel: Channel;
  readonly account: ChannelAccount;
  /** The first is the one that is offered. */
  readonly addresses: readonly { readonly value: string; readonly label: string }[];
}

interface Known {
  readonly ticket: Pick<TicketRecord, 'accountId' | 'lineId'>;
  readonly accounts: readonly ChannelAccount[];
  readonly identities: readonly IdentityRecord[];
}

/**
 * By which channels a customer can be answered: the ticket's own always, others where the customer has an address that
 * works. One account a channel: the ticket's, else one of its line, else the first.
 */
export function listWays(app: Pick<HostApp, 'channels'>, { ticket, accounts, identities }: Known): Way[] {
  const ways: Way[] = [];
  for (const channel of app.channels.values()) {
    const usable = accounts.filter((account) => account.enabled && account.channel === channel.id);
    const account =
      usable.find(({ id }) => id === ticket.accountId) ??
      usable.find(({ lineId }) => lineId === ticket.lineId) ??
      usable[0];
    if (!account) continue;
    const addresses = addressesOf(identities, channel);
    if (addresses.length > 0 || account.id === ticket.accountId) ways.push({ channel, account, addresses });
  }
  return ways.toSorted((a, b) => rank(a, ticket) - rank(b, ticket));
}

/** The ticket's own channel stands first; without one, the order in which plugins are listed. */
const rank = ({ account }: Way, { accountId }: Known['ticket']) => (account.id === accountId ? 0 : 1);

function addressesOf(identities: readonly IdentityRecord[], { identityKind }: Channel): Way['addresses'] {
  return identities
    .filter(({ kind }) => kind === identityKind)
    .toSorted((a, b) => Number(a.failedAt !== null) - Number(b.failedAt !== null))
    .map(({ value, normalised, label }) =>
      identityKind === 'email' || identityKind === 'phone'
        ? { value, label: value }
        : { value: normalised, label: label ?? value },
    );
}

/**
 * Where an answer goes unless the agent says otherwise: by the channel that the customer prefers, else the one by which
 * they wrote last, else the ticket's own.
 */
export function usualWay(
  ways: readonly Way[],
  { preferred, wroteBy }: { preferred: string | null; wroteBy: string | undefined },
): Way | undefined {
  const reached = ways.filter(({ addresses }) => addresses.length > 0);
  return (
    reached.find(({ channel }) => channel.id === preferred) ??
    reached.find(({ channel }) => channel.id === wroteBy) ??
    ways[0]
  );
}
