import {
  errors,
  parseJson,
  readTimeline,
  type DeskContext,
  type TicketRecord,
  type TimelineEvent,
} from '@helpdesk/core';
import { companyLists } from './company-lists.js';
import { readCandidates, readSenderQuestions } from './identity/present-sender.js';
import { presentEvent } from './present-event.js';
import { presentMessage } from './present-message.js';
import { messageParts } from './present-timeline.js';
import { readContacts, tagNames } from './read-page.js';
import { idOf, ticketOf } from './ticket-of.js';

/** One event of a ticket as the piece of the page that it changed; live pages ask for it. Nothing to show: 204. */
export async function showEvent(ctx: DeskContext): Promise<void> {
  const ticket = await ticketOf(ctx);
  const event = await findEvent(ctx, ticket.id, idOf(ctx.params['eventId']));
  const messageId = event.payload['messageId'];
  if (typeof messageId === 'number' && event.name !== 'message.cancelled')
    return showMessage(ctx, ticket, messageId);
  const [lists, tags] = await Promise.all([companyLists(ctx.app), tagNames(ctx)]);
  const shown = presentEvent(event, { t: ctx.t, lists, tags, hasText: ctx.app.hasText });
  if (!shown) return ctx.noContent();
  await ctx.renderPartial('ticket/event', shown);
}

async function showMessage(ctx: DeskContext, ticket: TicketRecord, messageId: number): Promise<void> {
  const [timeline, lists, questions] = await Promise.all([
    readTimeline(ctx.db, { ticketId: ticket.id, before: messageId + 1, limit: 1 }),
    companyLists(ctx.app),
    readSenderQuestions(ctx, ticket.id),
  ]);
  const message = timeline.messages[0];
  if (message?.id !== messageId) return ctx.noContent();
  const contacts = await readContacts(ctx, timeline);
  // What arrives while somebody looks is new to them.
  const candidates = await readCandidates(ctx, timeline.evidence);
  const read = { timeline, lists, contacts, questions, candidates };
  const parts = messageParts(ctx, { ...read, readUntil: messageId - 1 });
  await ctx.renderPartial('ticket/message', presentMessage(message, parts));
}

async function findEvent({ db }: DeskContext, ticketId: number, id: number): Promise<TimelineEvent> {
  const row = (await db('events')
    .where({ id, ticketId })
    .first('id', 'name', 'at', 'actorKind', 'actorId', 'door', 'payload')) as
    | (Omit<TimelineEvent, 'payload'> & { payload: string })
    | undefined;
  if (!row) throw errors.NOT_FOUND();
  return { ...row, payload: parseJson(row.payload, {}) };
}
