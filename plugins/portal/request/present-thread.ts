import {
  renderMarkdown,
  safeHtml,
  type VisitorContext,
  type VisitorMessage,
  type VisitorTimeline,
} from '@helpdesk/core';
import { splitLinks } from './split-links.js';

/** What was said, as `portal/message` prints it. */
export function presentThread(ctx: VisitorContext, { messages, attachments }: VisitorTimeline) {
  return messages.map((message) => ({
    id: `m${message.id}`,
    isMine: message.contactId === ctx.contactId,
    isOurs: message.kind === 'outgoing',
    author: authorOf(ctx, message),
    at: message.createdAt,
    ...bodyOf(ctx, message),
    files: attachments
      .filter(({ messageId }) => messageId === message.id && !message.isDeleted)
      .map(({ key, filename, size, contentType }) => ({
        name: filename,
        size,
        href: `/files/${key}/${encodeURIComponent(filename)}`,
        isImage: contentType.startsWith('image/'),
      })),
  }));
}

function authorOf({ t, contactId, app }: VisitorContext, message: VisitorMessage): string {
  const company = app.company.name;
  if (message.kind === 'incoming')
    return message.contactId === contactId ? t('portal.request.you') : (message.writer ?? '—');
  return message.isAutomatic || message.writer === null ? company : `${message.writer}, ${company}`;
}

function bodyOf({ t }: VisitorContext, { kind, text, isDeleted }: VisitorMessage): Record<string, unknown> {
  if (isDeleted) return { parts: [{ text: t('portal.request.deleted') }] };
  return kind === 'outgoing' ? { rendered: safeHtml(renderMarkdown(text)) } : { parts: splitLinks(text) };
}
