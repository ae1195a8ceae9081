import { listAccounts, normaliseIdentity, type HostApp } from '@helpdesk/core';

/** The addresses of all our mailboxes, normalised; read again at most once in 10 s. */
export function createOwnAddresses(app: HostApp): () => Promise<ReadonlySet<string>> {
  let readAt = 0;
  let known: Promise<ReadonlySet<string>> | undefined;
  return () => {
    const now = app.now().getTime();
    if (known && Math.abs(now - readAt) < 10_000) return known;
    readAt = now;
    known = listAccounts(app.db, { channel: 'email', withRemoved: true }).then(
      (accounts) => new Set(accounts.flatMap(({ address }) => normaliseIdentity('email', address) ?? [])),
    );
    known.catch(() => (known = undefined));
    return known;
  };
}
