import { type TicketRecord, type VisitorContext } from '@helpdesk/core';
import type { KeptFile } from '../files/keep-files.js';
import { tellWhen } from '../requests/present-rows.js';
import { readPromises } from '../requests/read-promises.js';
import { standingOf } from '../requests/standing.js';
import { canReopen } from './can-reopen.js';
import { readThread } from './read-thread.js';
import { mayWriteIn, ticketOf } from './ticket-of.js';

export async function requestPage(ctx: VisitorContext): Promise<void> {
  await showRequest(ctx, await ticketOf(ctx));
}

interface Typed {
  readonly text: string;
  readonly files: readonly KeptFile[];
  /** Words. */
  readonly problem: string;
}

/** One request: what was said, and what its writer can do; also when a reply came back with a problem. */
export async function showRequest(ctx: VisitorContext, ticket: TicketRecord, typed?: Typed): Promise<void> {
  const { t, contactId } = ctx;
  const before = /^\d{1,15}$/.test(ctx.query['before'] ?? '') ? Number(ctx.query['before']) : undefined;
  const [thread, promises, writer, mayWrite] = await Promise.all([
    readThread(ctx, ticket, before),
    readPromises(ctx, [ticket]),
    ticket.contactId === contactId ? undefined : writerOf(ctx, ticket),
    mayWriteIn(ctx, ticket),
  ]);
  const { number, category, subject } = ticket;
  const self = `/requests/${number}`;
  const isDone = standingOf(category) === 'solved';
  const { timeline, state, have, newsUrl } = thread;
  const oldest = timeline.messages[0];
  await ctx.render(
    'portal/request',
    {
      ticketId: ticket.id,
      contactId,
      subject,
      about: `${t('portal.request.number', { number })} · ${tellWhen(ctx, ticket, promises.get(ticket.id))}`,
      state,
      have,
      newsUrl,
      messages: thread.present(),
      olderUrl: timeline.hasOlder && oldest ? `${self}?before=${oldest.id}` : undefined,
      newestUrl: before === undefined ? undefined : self,
      readOnly: mayWrite ? undefined : writer,
      form:
        mayWrite && before === undefined
          ? {
              replyUrl: `${self}/reply`,
              label: t(isDone ? 'portal.request.again' : 'portal.request.reply'),
              ownerNote: writer && t('portal.request.inOwnName', { name: writer }),
              ...typed,
            }
          : undefined,
      solveUrl: writer === undefined && !isDone ? `${self}/solve` : undefined,
      reopenUrl: writer === undefined && isDone && canReopen(ctx, ticket) ? `${self}/reopen` : undefined,
    },
    { status: typed ? 422 : 200, page: newsUrl ? { scripts: ['portal/request.js'] } : {} },
  );
}

async function writerOf({ db }: VisitorContext, { contactId }: TicketRecord): Promise<string> {
  const row: { name: string } | undefined = await db('contacts').where({ id: contactId }).first('name');
  return row?.name ?? '—';
}
