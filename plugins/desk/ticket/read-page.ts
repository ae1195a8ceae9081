import {
  chooseAccount,
  findContactCard,
  listAccounts,
  listAllTags,
  listContactStatuses,
  listDrafts,
  listLinks,
  listTags,
  readTimeline,
  seenBy,
  type DeskContext,
  type TicketRecord,
  type Timeline,
} from '@helpdesk/core';
import { remember } from '../inbox/remember.js';
import { readTicketMarks } from '../contacts/marks/present-marks.js';
import { companyLists } from './company-lists.js';
import { readCandidates, readSenderQuestions } from './identity/present-sender.js';

const OTHERS_SHOWN = 6;

/** Everything a ticket page is made of, read side by side. */
export async function readTicketPage(ctx: DeskContext, ticket: TicketRecord, before: number | undefined) {
  const { app, db, viewer } = ctx;
  const [lists, timeline, card, drafts, tags, links, others, accounts, read, tagsById, statuses] =
    await Promise.all([
      companyLists(app),
      readTimeline(db, { ticketId: ticket.id, ...(before === undefined ? {} : { before }) }),
      findContactCard(db, ticket.contactId),
      listDrafts(db, [ticket.id]),
      listTags(db, [ticket.id]),
      listLinks(db, ticket.id, viewer),
      readOthers(ctx, ticket),
      remember(app, 'accounts', () => listAccounts(db)),
      db('ticketReads').where({ agentId: ctx.agent.id, ticketId: ticket.id }).first('messageId') as Promise<
        { messageId: number } | undefined
      >,
      tagNames(ctx),
      listContactStatuses(db, { contactIds: [ticket.contactId], now: ctx.now }),
    ]);
  const [questions, candidates, marks] = await Promise.all([
    mayAsk(ticket, timeline) ? readSenderQuestions(ctx, ticket.id) : [],
    readCandidates(ctx, timeline.evidence),
    readTicketMarks(ctx, ticket, card),
  ]);
  const contacts = await readContacts(ctx, timeline, card.contact);
  return {
    lists,
    timeline,
    card,
    drafts,
    tags,
    links,
    others,
    accounts,
    account: chooseAccount(app, ticket, accounts),
    readUntil: read?.messageId ?? 0,
    contacts,
    tagsById,
    questions,
    candidates,
    marks,
    status: statuses.get(ticket.contactId),
  };
}

/** Questions of who wrote come from signs, and most tickets have none; those of older messages are not on this page. */
const mayAsk = ({ undecidedSince }: TicketRecord, { evidence, hasOlder }: Timeline) =>
  undecidedSince !== null ||
  hasOlder ||
  evidence.some(({ decision }) => decision !== 'taken' && decision !== 'new');

export type TicketPage = Awaited<ReturnType<typeof readTicketPage>>;

/** The customer's latest other tickets that the viewer may see. */
async function readOthers({ db, viewer }: DeskContext, { id, contactId }: TicketRecord) {
  const rows = db('tickets')
    .where({ contactId })
    .whereNot({ id })
    .orderBy('lastMessageAt', 'desc')
    .orderBy('id', 'desc')
    .limit(OTHERS_SHOWN)
    .select<{ id: number; subject: string; status: string; category: string; lastMessageAt: string }[]>(
      'id',
      'subject',
      'status',
      'category',
      'lastMessageAt',
    );
  seenBy(rows, viewer);
  return rows;
}

/** Names of everybody who wrote; mostly it is the customer alone, whose name is there already. */
export async function readContacts(
  { db }: DeskContext,
  timeline: Pick<Timeline, 'messages'>,
  known?: { readonly id: number; readonly name: string },
): Promise<ReadonlyMap<number, string>> {
  const names = new Map(known ? [[known.id, known.name]] : []);
  const ids = timeline.messages.flatMap(({ contactId }) =>
    contactId !== null && !names.has(contactId) ? [contactId] : [],
  );
  if (ids.length === 0) return names;
  const rows: { id: number; name: string }[] = await db('contacts')
    .whereIn('id', [...new Set(ids)])
    .select('id', 'name');
  for (const { id, name } of rows) names.set(id, name);
  return names;
}

export async function tagNames({ app, db }: DeskContext): Promise<ReadonlyMap<number, string>> {
  const tags = await remember(app, 'all tags', () => listAllTags(db));
  return new Map(tags.map(({ id, name }) => [id, name]));
}
