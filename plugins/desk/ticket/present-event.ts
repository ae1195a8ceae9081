import type { TimelineEvent } from '@helpdesk/core';
import { reasonOf } from '../contacts/marks/present-marks.js';
import { titleOf } from '../plugin-title.js';
import type { CompanyLists } from './company-lists.js';

type Say = (key: string, values?: Readonly<Record<string, unknown>>) => string;

/** What the words of an event are made with. */
export interface EventWords {
  readonly t: Say;
  readonly lists: CompanyLists;
  readonly tags: ReadonlyMap<number, string>;
  hasText(key: string): boolean;
}

/** One grey line: who did what. Undefined for what the page shows in another way. */
export function presentEvent(
  event: TimelineEvent,
  words: EventWords,
): { id: number; at: string; who?: string; text: string } | undefined {
  const text = wordsOf(event, words);
  if (text === undefined) return undefined;
  const who = whoDid(event, words);
  return { id: event.id, at: event.at, text, ...(who ? { who } : {}) };
}

function whoDid({ actorKind, actorId }: TimelineEvent, words: EventWords): string | undefined {
  if (actorKind === 'agent') return words.lists.names.get(Number(actorId))?.name;
  return actorKind === 'plugin' ? titleOf(words, actorId) : undefined;
}

function wordsOf(
  { name, payload }: TimelineEvent,
  { t, lists, tags, hasText }: EventWords,
): string | undefined {
  const to = payload['to'];
  const say = (value: string | undefined) =>
    t(`desk.ticket.event.${name}`, { to: value ?? t('desk.ticket.nobody') });
  switch (name) {
    case 'ticket.assigned':
      return say(typeof to === 'number' ? lists.names.get(to)?.name : undefined);
    case 'ticket.transferred':
      return say(lists.teams.find(({ id }) => id === to)?.name);
    case 'ticket.lineChanged':
      return say(lists.lines.find(({ id }) => id === to)?.name);
    case 'ticket.typed':
      return say(lists.types.find(({ key }) => key === to)?.name);
    case 'ticket.prioritised':
      return say(t(`desk.priority.${String(to)}`));
    case 'ticket.tagged':
    case 'ticket.untagged':
      return say(tags.get(Number(payload['tagId'])) ?? `#${String(payload['tagId'])}`);
    case 'ticket.waiting':
    case 'ticket.reopened':
    case 'ticket.solved':
    case 'ticket.closed':
      return say(lists.statuses.find(({ key }) => key === payload['status'])?.name);
    case 'organization.marked':
    case 'organization.markCleared':
      return t(`desk.ticket.event.${name}`, { reason: markReason(t, payload['reason']) });
    case 'ticket.opened':
    case 'delivery.retried':
    case 'delivery.failed':
    case 'delivery.uncertain':
      return undefined;
    default:
      return name.startsWith('ticket.') || name.startsWith('message.')
        ? t(`desk.ticket.event.${name}`)
        : pluginWords(name, { t, hasText });
  }
}

/** A plugin's event `routing.givenBack` stands in the story of a ticket when it brings the text `routing.event.givenBack`. */
function pluginWords(name: string, { t, hasText }: Pick<EventWords, 't' | 'hasText'>): string | undefined {
  const [owner = '', what = ''] = name.split('.', 2);
  const key = `${owner}.event.${what}`;
  return hasText(key) ? t(key) : undefined;
}

const markReason = (t: Say, reason: unknown): string =>
  typeof reason === 'string' ? reasonOf({ t }, reason) : '';
