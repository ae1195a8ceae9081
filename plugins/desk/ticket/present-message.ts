import { createHash } from 'node:crypto';
import {
  renderMarkdown,
  safeHtml,
  type AttachmentRecord,
  type DeliveryRecord,
  type EditRecord,
  type EvidenceRecord,
  type MessageRecord,
  type SafeHtml,
  type SenderQuestion,
} from '@helpdesk/core';
import { guessWords, maybeLinks } from './identity/present-sender.js';
import type { CompanyLists } from './company-lists.js';
import { listRemotePictures } from './pictures/letter-pictures.js';
import { presentAgent, presentCustomer } from './present-person.js';

type Say = (key: string, values?: Readonly<Record<string, unknown>>) => string;

export interface MessageParts {
  readonly t: Say;
  readonly me: number;
  readonly lists: CompanyLists;
  readonly contacts: ReadonlyMap<number, string>;
  readonly attachments: readonly AttachmentRecord[];
  readonly deliveries: readonly DeliveryRecord[];
  readonly evidence: readonly EvidenceRecord[];
  readonly edits: readonly EditRecord[];
  /** Who else may have written, as far as the reader may see contacts. */
  readonly questions: readonly SenderQuestion[];
  readonly candidates: ReadonlyMap<number, string>;
  readonly channelIcons: ReadonlyMap<string, { icon: string; label: string }>;
  /** An address in words, of whichever kind it is. */
  readonly addressWords: (address: { readonly kind: string; readonly value: string }) => string;
  /** Until which message the reader had seen the ticket. */
  readonly readUntil: number;
  /** Show the HTML of letters as text. */
  readonly asText: boolean;
}

/** One message of the conversation, as the theme's `ticket/message` prints it. */
export function presentMessage(message: MessageRecord, parts: MessageParts): Record<string, unknown> {
  const { t } = parts;
  const body = bodyOf(message, parts);
  // A frame says and offers it itself.
  const isBlocked = body['htmlUrl'] === undefined && listRemotePictures(message.html).length > 0;
  const isCustomer = message.kind === 'incoming';
  const { to = [], cc = [] } = message.participants;
  const names = (list: typeof to) => list.map((one) => one.name || parts.addressWords(one)).join(', ');
  const channel = parts.channelIcons.get(message.channel) ?? {
    icon: message.channel === 'phone' ? 'phone' : 'chat',
    label: t(`desk.ticket.channel.${message.channel === 'phone' ? 'phone' : 'other'}`),
  };
  return {
    id: `m${message.id}`,
    kind: isCustomer ? 'customer' : message.kind === 'note' ? 'note' : 'agent',
    author: authorOf(message, parts),
    at: message.createdAt,
    channel,
    isNew: isCustomer && message.id > parts.readUntil && parts.readUntil > 0,
    ...(message.kind === 'outgoing' ? { to: names(to), cc: names(cc) } : {}),
    ...body,
    quote: message.quote || undefined,
    files: parts.attachments
      .filter(({ messageId, inline }) => messageId === message.id && inline === 0)
      .map(({ key, filename, size, contentType }) => ({
        name: filename,
        size,
        href: `/desk/files/${key}/${encodeURIComponent(filename)}`,
        isImage: contentType.startsWith('image/'),
      })),
    deliveries: deliveriesOf(message, parts),
    flags: [
      ...[...(message.auto ? [message.auto] : []), ...message.flags, ...(isBlocked ? ['blocked'] : [])]
        .filter((flag) => flag !== 'reacted')
        .map((flag) => t(`desk.ticket.flag.${flag}`)),
      ...reactionOf(message, parts),
    ],
    why: whyOf(message, parts),
    earlier: parts.edits
      .filter(({ messageId, kind }) => messageId === message.id && kind !== 'reacted')
      .map(({ kind, text, at }) => ({ label: t(`desk.ticket.${kind}`), text, at })),
    actions: [
      ...maybeLinks(t, message.id, parts.questions),
      ...actionsOf(message, parts, body['htmlUrl'] !== undefined),
      ...(isBlocked ? [picturesOf(message, parts)] : []),
    ],
  };
}

/** The last one counts: a customer has one at a message, and an empty one was taken back. */
function reactionOf({ id }: MessageRecord, { edits, t }: MessageParts): string[] {
  const last = edits.findLast(({ messageId, kind }) => messageId === id && kind === 'reacted');
  return last?.text ? [t('desk.ticket.reaction', { emoji: last.text })] : [];
}

function authorOf(
  { kind, contactId, agentId, participants }: MessageRecord,
  { lists, me, contacts, t }: MessageParts,
) {
  if (kind !== 'incoming')
    return agentId === null
      ? presentCustomer(0, t('desk.ticket.machine'))
      : presentAgent(lists.names, agentId, me);
  if (contactId !== null) return presentCustomer(contactId, contacts.get(contactId) ?? '—');
  return presentCustomer(0, participants.from?.value ?? t('desk.ticket.machine'));
}

/** HTML is shown where it says more than the text does. */
const saysMore = /<(table|img|h[1-6]|ul|ol|pre|font|b|strong|i|em|a)\b/i;

function bodyOf(message: MessageRecord, { asText }: MessageParts): Record<string, unknown> {
  if (message.kind !== 'incoming') return { rendered: rendered(message.text) };
  const isHtml = message.html !== null && !asText && !message.quote && saysMore.test(message.html);
  return isHtml ? { htmlUrl: `/desk/messages/${message.id}/body` } : textOf(message.text);
}

const ADDRESS = /https?:\/\/[^\s<>"']+[^\s<>"'.,;:!?)\]]/gi;

/** Plain text with its addresses as links. */
function textOf(text: string): Record<string, unknown> {
  const parts: { text: string; href?: string }[] = [];
  let from = 0;
  for (const { 0: href, index } of text.matchAll(ADDRESS)) {
    if (index > from) parts.push({ text: text.slice(from, index) });
    parts.push({ text: href, href });
    from = index + href.length;
  }
  if (parts.length === 0) return { text };
  return { parts: [...parts, { text: text.slice(from) }] };
}

const cache = new Map<string, SafeHtml>();
const CACHED_MOST = 2000;

/** What agents write is Markdown; rendering costs milliseconds, so the last ones are kept. */
function rendered(text: string): SafeHtml {
  const key = text.length < 64 ? text : createHash('sha1').update(text).digest('base64');
  const known = cache.get(key);
  if (known) return known;
  const html = safeHtml(
    renderMarkdown(text).replaceAll(
      /(^|[\s>])(@[\p{L}\p{N}_.-]{2,40})/gu,
      '$1<span class="mention">$2</span>',
    ),
  );
  if (cache.size >= CACHED_MOST) cache.clear();
  cache.set(key, html);
  return html;
}

const shown: Readonly<Record<DeliveryRecord['state'], string>> = {
  held: 'queued',
  queued: 'queued',
  leased: 'queued',
  sending: 'queued',
  retry: 'queued',
  sent: 'sent',
  failed: 'failed',
  uncertain: 'uncertain',
  cancelled: 'queued',
};

function deliveriesOf(
  { id, agentId }: MessageRecord,
  { deliveries, me, t }: MessageParts,
): Record<string, unknown>[] {
  const own = deliveries.filter(({ messageId }) => messageId === id);
  return own.map(({ id: deliveryId, state, recipient, reason, sentAt, deliveredAt, seenAt, dueAt }) => ({
    state: state === 'sent' ? (seenAt ? 'opened' : deliveredAt ? 'delivered' : 'sent') : shown[state],
    ...(own.length > 1 ? { to: recipient } : {}),
    ...(state === 'sent' ? { at: seenAt ?? deliveredAt ?? sentAt } : {}),
    ...(state === 'retry' ? { because: t('desk.ticket.retries'), at: dueAt } : {}),
    ...(state === 'failed' || state === 'uncertain'
      ? { because: reason ?? '', retryUrl: `/desk/deliveries/${deliveryId}/retry` }
      : {}),
    ...(state === 'held' && agentId === me ? { cancelUrl: `/desk/messages/${id}/undo` } : {}),
  }));
}

function whyOf({ id }: MessageRecord, { evidence, candidates, lists, t }: MessageParts): string[] {
  return evidence
    .filter(
      ({ messageId, kind, decision }) =>
        messageId === id && !(kind === 'identity' && decision !== 'conflict'),
    )
    .map((sign) => {
      const { kind, decision, detail, candidateContactId, answeredBy } = sign;
      if (candidateContactId !== null)
        return guessWords(t, sign, { candidates, agent: lists.names.get(answeredBy ?? 0)?.name });
      return t(`desk.ticket.why.${decision}`, {
        kind: t(`desk.ticket.evidence.${kind}`),
        detail: detail ?? '',
      });
    });
}

function picturesOf({ id }: MessageRecord, { t }: MessageParts): Record<string, unknown> {
  return { label: t('desk.pictures.show'), href: `/desk/messages/${id}/body?pictures=1`, icon: 'image' };
}

function actionsOf(
  { id, html, kind }: MessageRecord,
  { t, asText }: MessageParts,
  isHtml: boolean,
): Record<string, unknown>[] {
  if (kind !== 'incoming' || html === null || (!asText && !isHtml)) return [];
  return asText
    ? [{ label: t('desk.ticket.showHtml'), href: `?#ev-m${id}`, icon: 'image' }]
    : [{ label: t('desk.ticket.showText'), href: `?text=1#ev-m${id}`, icon: 'file' }];
}
