import { seenBy, type DeskContext, type TicketViewer } from '@helpdesk/core';

export interface ContactCounts {
  readonly all: number;
  readonly open: number;
  /** How many wait for our answer. */
  readonly waiting: number;
}

/** How many of a contact's tickets the viewer may see. */
export async function countContactTickets(
  db: DeskContext['db'],
  { contactId, viewer }: { contactId: number; viewer: TicketViewer },
): Promise<ContactCounts> {
  const query = db('tickets')
    .where({ contactId })
    .groupBy('category')
    .select<{ category: string; n: number | string }[]>('category', db.raw('count(*) as n'));
  seenBy(query, viewer);
  const rows = await query;
  const sum = (wanted: (category: string) => boolean) =>
    rows.filter(({ category }) => wanted(category)).reduce((total, { n }) => total + Number(n), 0);
  return {
    all: sum(() => true),
    open: sum((category) => category !== 'solved' && category !== 'closed'),
    waiting: sum((category) => category === 'new' || category === 'open'),
  };
}
