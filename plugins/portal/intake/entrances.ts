import type { Portal } from '../portal.js';

/** A line by which requests are taken in, and the mailbox that its answers leave by. */
export interface Entrance {
  readonly lineId: number;
  readonly name: string;
  readonly accountId: number;
}

/** As it is read from the database. */
interface Mailbox extends Entrance {
  readonly address: string;
}

/**
 * The lines with a mailbox that is on: those that the settings name, in that order, then in the order in which mailboxes were
 * added. The first takes what names no line.
 */
export async function listEntrances({
  app,
  settings,
}: Pick<Portal, 'app' | 'settings'>): Promise<Entrance[]> {
  const { db, channels } = app;
  const byMail = [...channels.values()].filter(
    ({ identityKind, sendsNothing }) => identityKind === 'email' && !sendsNothing,
  );
  const rows: Mailbox[] = await db('channelAccounts')
    .join('lines', 'lines.id', 'channelAccounts.lineId')
    .whereIn(
      'channelAccounts.channel',
      byMail.map(({ id }) => id),
    )
    .where('channelAccounts.enabled', 1)
    .whereNull('channelAccounts.removedAt')
    .whereNull('lines.archivedAt')
    .orderBy('channelAccounts.id')
    .select('channelAccounts.id as accountId', 'channelAccounts.address', 'lines.id as lineId', 'lines.name');
  const named = namedIn(settings().mailboxes);
  const place = ({ address }: Mailbox) =>
    named.includes(address.toLowerCase()) ? named.indexOf(address.toLowerCase()) : named.length;
  const sorted = rows.toSorted((a, b) => place(a) - place(b));
  return sorted
    .filter(({ lineId }, i) => sorted.findIndex((row) => row.lineId === lineId) === i)
    .map(({ lineId, name, accountId }) => ({ lineId, name, accountId }));
}

/** Addresses as an administrator types them: between commas, spaces or on lines. */
export const namedIn = (typed: string): string[] =>
  typed
    .toLowerCase()
    .split(/[\s,;]+/)
    .filter(Boolean);
