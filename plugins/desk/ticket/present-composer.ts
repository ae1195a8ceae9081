import {
  can,
  listSavedReplies,
  safeHtml,
  type DeskContext,
  type SafeHtml,
  type TicketRecord,
} from '@helpdesk/core';
import { remember } from '../inbox/remember.js';
import type { TicketPage } from './read-page.js';
import { fillReply } from './fill-reply.js';
import { findKept, type KeptFile } from './kept-files.js';
import { listWays, usualWay } from './composer/list-ways.js';
import { presentChannel } from './composer/present-channel.js';

/** What a form that came back had in it. */
export interface Typed {
  readonly via?: string;
  readonly body?: string;
  /** A saved reply to put behind what is there. */
  readonly insert?: string;
  readonly to?: string;
  readonly cc?: string;
  readonly buttons?: string;
  /** Language and key of a template, and what stands in its places. */
  readonly template?: string;
  readonly templateValues?: readonly string[];
  readonly error?: string;
  readonly isStale?: boolean;
  readonly previewHtml?: string;
  readonly files?: readonly KeptFile[];
}

/** As many as the theme tells apart. */
const CHANNELS_MOST = 8;

/** The editor. Recipients are shown before anything is sent; nothing is added that is not shown. */
export async function presentComposer(
  ctx: DeskContext,
  ticket: TicketRecord,
  { page, typed }: { page: TicketPage; typed: Typed },
): Promise<Record<string, unknown> | undefined> {
  const { viewer, t } = ctx;
  const canReply = can(viewer, 'tickets.reply');
  const canNote = can(viewer, 'tickets.note');
  if (!canReply && !canNote) return undefined;
  const own = page.drafts.filter(({ agentId }) => agentId === ctx.agent.id);
  const draft = own.find(({ mode }) => mode === 'reply') ?? own.find(({ mode }) => mode === 'note');
  const ways = canReply
    ? listWays(ctx.app, { ticket, accounts: page.accounts, identities: page.card.identities })
    : [];
  const isNote =
    typed.via === 'note' || (typed.via === undefined && draft?.mode === 'note') || ways.length === 0;
  const wroteBy = page.timeline.messages.findLast(({ kind }) => kind === 'incoming')?.channel;
  const preferred = page.card.contact.preferredChannel;
  const chosen =
    ways.find(({ channel }) => channel.id === typed.via) ?? usualWay(ways, { preferred, wroteBy });
  const channels = await Promise.all(
    ways.slice(0, CHANNELS_MOST).map((way, index) =>
      presentChannel(ctx, ticket, {
        way,
        place: { page, typed, draft, n: index + 1, isSelected: !isNote && way === chosen },
      }),
    ),
  );
  const replies = await remember(ctx.app, 'saved replies', () => listSavedReplies(ctx.db));
  const inserted = insertedReply(ctx, ticket, { page, replies, wanted: typed.insert ?? ctx.query['insert'] });
  return {
    action: `/desk/tickets/${ticket.id}/reply?${viewQuery(ctx)}`,
    lastEventId: page.timeline.messages.at(-1)?.id ?? 0,
    expectedVersion: ticket.version,
    draftUrl: `/desk/tickets/${ticket.id}/draft`,
    ...(draft && typed.body === undefined ? { draftSavedAt: draft.updatedAt } : {}),
    body: joined(typed.body ?? draft?.text, inserted),
    isNote,
    canNote,
    channels,
    replies: canReply ? replies.map(({ id, title }) => ({ id, title })) : [],
    ...(typed.error ? { error: typed.error } : {}),
    files: typed.files ?? (draft ? await findKept(ctx, draft.uploads) : []),
    ...(typed.previewHtml ? { preview: preview(typed.previewHtml) } : {}),
    ...(typed.isStale
      ? {
          stale: {
            title: t('desk.ticket.stale.title'),
            text: t('desk.ticket.stale.text'),
            showUrl: '#latest',
          },
        }
      : {}),
    thens:
      channels.length > 0
        ? ['wait', ...(can(viewer, 'tickets.solve') ? ['solve'] : []), 'stay', 'next']
        : undefined,
  };
}

const preview = (html: string): SafeHtml => safeHtml(html);
const joined = (text: string | undefined, more: string) => [text, more].filter(Boolean).join('\n\n');
const viewQuery = ({ query }: DeskContext) =>
  query['view'] ? `view=${encodeURIComponent(query['view'])}` : '';

function insertedReply(
  ctx: DeskContext,
  ticket: TicketRecord,
  {
    page,
    replies,
    wanted,
  }: { page: TicketPage; replies: readonly { id: number; text: string }[]; wanted: string | undefined },
): string {
  const reply = replies.find(({ id }) => String(id) === wanted);
  if (!reply) return '';
  return fillReply(reply.text, {
    'contact.name': page.card.contact.name,
    'ticket.number': String(ticket.number),
    'ticket.subject': ticket.subject,
    'agent.name': ctx.agent.name,
    'company.name': ctx.app.company.name,
  });
}
