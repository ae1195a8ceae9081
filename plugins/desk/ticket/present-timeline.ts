import { calendarDay, type DeskContext, type TicketRecord } from '@helpdesk/core';
import { addressWords } from '../contacts/identity-kinds.js';
import type { TicketPage } from './read-page.js';
import { presentEvent } from './present-event.js';
import { presentMessage, type MessageParts } from './present-message.js';

type Item = { at: string; kind: 'message' | 'event' | 'day'; [key: string]: unknown };

/** Messages, events and days in the order in which they happened; a run of events is folded behind its first. */
export function presentTimeline(
  ctx: DeskContext,
  ticket: TicketRecord,
  page: TicketPage,
): Record<string, unknown>[] {
  const parts = messageParts(ctx, page);
  const messages = page.timeline.messages.map((message) => ({
    at: message.createdAt,
    order: 0,
    item: { isMessage: true, ...presentMessage(message, parts) },
  }));
  const events = page.timeline.events.flatMap((event) => {
    const words = presentEvent(event, {
      t: ctx.t,
      lists: page.lists,
      tags: page.tagsById,
      hasText: ctx.app.hasText,
    });
    return words ? [{ at: event.at, order: 1, item: { isEvent: true, ...words } }] : [];
  });
  const oldestFirst = [...messages, ...events].toSorted((a, b) => compare(a.at, b.at) || a.order - b.order);
  const all = ctx.agent.preferences.newestFirst ? oldestFirst.toReversed() : oldestFirst;
  return foldEvents(
    withDays(
      ctx,
      all.map(({ at, item }) => ({ at, ...item }) as unknown as Item),
    ),
  );
}

// Times are ISO text: they sort as they are.
const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

export function messageParts(
  ctx: DeskContext,
  page: Pick<TicketPage, 'timeline' | 'lists' | 'contacts' | 'readUntil' | 'questions' | 'candidates'>,
): MessageParts {
  const { timeline, lists, contacts, readUntil, questions, candidates } = page;
  return {
    t: ctx.t,
    me: ctx.agent.id,
    lists,
    contacts,
    attachments: timeline.attachments,
    deliveries: timeline.deliveries,
    edits: timeline.edits,
    evidence: timeline.evidence,
    questions,
    candidates,
    channelIcons: new Map(
      [...ctx.app.channels].map(([id, { icon, title }]) => [id, { icon, label: ctx.t(title) }]),
    ),
    addressWords: (address) => addressWords(ctx, address),
    readUntil,
    asText: ctx.query['text'] === '1',
  };
}

function withDays({ timeZone }: DeskContext, items: readonly Item[]): Item[] {
  let day = '';
  return items.flatMap((item) => {
    const its = calendarDay(item.at, { timeZone });
    if (its === day) return [item];
    day = its;
    return [{ at: item.at, kind: 'day' as const, isDay: true }, item];
  });
}

function foldEvents(items: readonly Item[]): Record<string, unknown>[] {
  const folded: Record<string, unknown>[] = [];
  for (const item of items) {
    const last = folded.at(-1);
    if (item['isEvent'] && last?.['isEvent']) {
      const more = (last['more'] as unknown[] | undefined) ?? [];
      const who = typeof item['who'] === 'string' ? `${item['who']}: ` : '';
      folded[folded.length - 1] = {
        ...last,
        more: [...more, { at: item.at, text: who + String(item['text']) }],
      };
    } else folded.push(item);
  }
  return folded;
}
