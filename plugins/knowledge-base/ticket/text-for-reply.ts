import type { HostApp } from '@helpdesk/core';
import { pathOf } from '../articles/visible.js';
import type { FoundText } from '../search/read-found.js';

/** What is put into an answer: title and address, or the whole text with addresses that work outside of this site. */
export function textForReply(
  { company }: Pick<HostApp, 'company'>,
  text: FoundText,
  what: 'link' | 'text',
): string {
  const address = company.url + pathOf(text);
  if (what === 'link') return `${text.title}: ${address}`;
  const body = text.body.replaceAll(/(\]\()(\/(?!\/))/g, `$1${company.url}$2`);
  return `${body.trim()}\n\n${address}`;
}
