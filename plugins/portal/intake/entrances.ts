import type { HostApp } from '@helpdesk/core';

/** A line by which requests are taken in, and the mailbox that its answers leave by. */
export interface Entrance {
  readonly lineId: number;
  readonly name: string;
  readonly accountId: number;
}

/** The lines with a mailbox that is on, in the order in which their mailboxes were added. */
export async function listEntrances({ db, channels }: HostApp): Promise<Entrance[]> {
  const byMail = [...channels.values()].filter(
    ({ identityKind, sendsNothing }) => identityKind === 'email' && !sendsNothing,
  );
  const rows: Entrance[] = await db('channelAccounts')
    .join('lines', 'lines.id', 'channelAccounts.lineId')
    .whereIn(
      'channelAccounts.channel',
      byMail.map(({ id }) => id),
    )
    .where('channelAccounts.enabled', 1)
    .whereNull('channelAccounts.removedAt')
    .whereNull('lines.archivedAt')
    .orderBy('channelAccounts.id')
    .select('channelAccounts.id as accountId', 'lines.id as lineId', 'lines.name');
  return rows.filter(({ lineId }, i) => rows.findIndex((row) => row.lineId === lineId) === i);
}
