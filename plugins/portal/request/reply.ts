import {
  errors,
  findAccount,
  listAccounts,
  many,
  type ChannelAccount,
  type TicketRecord,
  type VisitorContext,
} from '@helpdesk/core';
import { z } from 'zod';
import { keepFiles } from '../files/keep-files.js';
import { listEntrances } from '../intake/entrances.js';
import { takeTurn } from '../intake/limits.js';
import { senderOf } from '../intake/sender-of.js';
import { takeIn } from '../intake/take-in.js';
import type { Portal } from '../portal.js';
import { canReopen } from './can-reopen.js';
import { showRequest } from './request-page.js';
import { mayWriteIn, ticketOf } from './ticket-of.js';

const TEXT_MOST = 50_000;
const Reply = z
  .object({
    text: z.string().max(200_000).default(''),
    kept: many(z.string().max(4000)),
    _once: z.string().max(100).optional(),
  })
  .transform(({ _once: once, ...rest }) => ({ ...rest, once }));

/** What the customer adds; a request that is done goes on, one that was closed long ago has a successor. */
export async function replyToRequest(ctx: VisitorContext, portal: Portal): Promise<void> {
  const ticket = await ticketOf(ctx);
  if (!(await mayWriteIn(ctx, ticket))) throw errors.TICKET_UNKNOWN();
  const { text, kept, once } = await ctx.form(Reply);
  const { files, problem: wrongFiles } = await keepFiles(ctx, portal, kept);
  const isEmpty = text.trim() === '' && files.length === 0;
  const problem = isEmpty
    ? 'portal.request.empty'
    : text.length > TEXT_MOST
      ? 'core.form.tooLong'
      : undefined;
  if (wrongFiles !== undefined || problem !== undefined)
    return showRequest(ctx, ticket, { text, files, problem: wrongFiles ?? ctx.t(problem ?? '') });
  const minutes = takeTurn(ctx, 'messages');
  if (minutes > 0)
    return showRequest(ctx, ticket, {
      text,
      files,
      problem: ctx.t('portal.request.often', { count: minutes }),
    });
  const isOver = !canReopen(ctx, ticket);
  const outcome = await takeIn(ctx.app, {
    account: await accountOf(ctx, portal, ticket),
    from: { contactId: ctx.contactId },
    sender: await senderOf(ctx),
    ticketId: isOver ? null : ticket.id,
    followUpOf: isOver ? ticket.id : null,
    subject: isOver ? ticket.subject : null,
    text: text.trim(),
    attachments: files.map(({ attachment }) => attachment),
    language: ctx.language,
    once,
    ...(isOver ? { membership: hatOf(ticket) } : {}),
  });
  const { number } = await findNumber(ctx, outcome.ticketId);
  ctx.flash({ text: ctx.t(isOver ? 'portal.request.followUp' : 'portal.request.sent'), tone: 'ok' });
  const messageId = 'messageId' in outcome ? outcome.messageId : 0;
  ctx.redirect(`/requests/${number}#m${messageId}`);
}

const hatOf = ({ membershipId }: TicketRecord) =>
  membershipId === null ? null : { id: membershipId, reason: 'portal.hat.before' };

/** The mailbox of the ticket; what came by another way goes on by one of its line, or any. */
async function accountOf(
  { db }: VisitorContext,
  portal: Portal,
  { accountId, lineId }: TicketRecord,
): Promise<Pick<ChannelAccount, 'id' | 'lineId'>> {
  if (accountId !== null) return findAccount(db, accountId);
  const entrances = await listEntrances(portal);
  const entrance = entrances.find((one) => one.lineId === lineId) ?? entrances[0];
  if (entrance) return { id: entrance.accountId, lineId: lineId ?? entrance.lineId };
  const [account] = await listAccounts(db, { withRemoved: true });
  return { id: account?.id ?? 0, lineId: lineId ?? account?.lineId ?? 0 };
}

async function findNumber({ db }: VisitorContext, id: number): Promise<{ number: number }> {
  const row: { number: number } | undefined = await db('tickets').where({ id }).first('number');
  return row ?? { number: 0 };
}
