import type { HostApp } from '@helpdesk/core';
import { articleUrl, BASE } from '../desk/place.js';
import type { FoundText } from '../search/read-found.js';
import { textForReply } from './text-for-reply.js';

/** Articles beside a ticket: to read, and to put into the answer. One for colleagues alone is to read. */
export function presentArticles(app: HostApp, ticketId: number, found: readonly FoundText[]) {
  return found.map((text) => ({
    title: text.title,
    href: articleUrl(text.articleId, text.language),
    lang: text.language,
    isInternal: text.visibility === 'agents',
    isLimited: text.visibility !== 'agents' && text.visibility !== 'public',
    ...(text.visibility === 'agents'
      ? {}
      : {
          insertUrl: `${BASE}/tickets/${ticketId}/insert`,
          link: { value: `link:${text.textId}`, text: textForReply(app, text, 'link') },
          whole: { value: `text:${text.textId}`, text: textForReply(app, text, 'text') },
        }),
  }));
}
