import { seenBy, type DeskContext } from '@helpdesk/core';
import { scaleOf } from '../kinds/kind.js';
import { REPORT } from './present-report.js';

const SHOWN = 50;

interface Promoter {
  readonly id: number;
  readonly score: number;
  readonly comment: string;
  readonly mayContact: number;
  readonly answeredAt: string;
  readonly contactId: number;
  readonly contact: string;
}

/** Customers whose newest NPS answer is 9 or 10: whom to ask for a reference. Who may be contacted is marked. */
export async function promotersPage(ctx: DeskContext): Promise<void> {
  const { db, viewer, query } = ctx;
  const before = /^[1-9]\d{0,14}$/.test(query['before'] ?? '') ? Number(query['before']) : undefined;
  const rows = db('surveys_invitations as mine')
    .join('tickets', 'tickets.id', 'mine.ticketId')
    .join('contacts', 'contacts.id', 'mine.contactId')
    .where('mine.kind', 'nps')
    .where('mine.score', '>=', scaleOf('nps').good)
    .whereNotExists((newer) => {
      void newer
        .from('surveys_invitations as newer')
        .where('newer.kind', 'nps')
        .whereNotNull('newer.score')
        .where('newer.contactId', db.ref('mine.contactId'))
        .where('newer.id', '>', db.ref('mine.id'))
        .select(db.raw('1'));
    })
    .modify((some) => seenBy(some, viewer))
    .orderBy('mine.id', 'desc')
    .limit(SHOWN + 1)
    .select<Promoter[]>(
      'mine.id',
      'mine.score',
      'mine.comment',
      'mine.mayContact',
      'mine.answeredAt',
      'mine.contactId',
      'contacts.name as contact',
    );
  if (before !== undefined) void rows.where('mine.id', '<', before);
  const found = await rows;
  const shown = found.slice(0, SHOWN);
  await ctx.render(
    'surveys/promoters',
    {
      backUrl: REPORT,
      promoters: shown.map(({ mayContact, contactId, answeredAt, ...promoter }) => ({
        ...promoter,
        at: answeredAt,
        mayContact: mayContact === 1,
        href: `/desk/contacts/${contactId}`,
      })),
      nextUrl: found.length > SHOWN ? `${REPORT}/promoters?before=${shown.at(-1)?.id ?? ''}` : undefined,
    },
    { page: { styles: ['surveys/surveys.css'] } },
  );
}
