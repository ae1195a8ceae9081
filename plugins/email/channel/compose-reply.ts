import { escapeHtml, renderMarkdown, type OutgoingMessage } from '@helpdesk/core';
import type { FrozenMail } from '../transport/frozen-mail.js';
import { Frozen } from './freeze-mail.js';

/**
 * The mail of an answer: greeting, the text as it was typed, signature, the letter that it answers; and the same as HTML.
 * All but the text was frozen.
 */
export function composeReply(message: OutgoingMessage): FrozenMail {
  const frozen = Frozen.parse(message.frozen);
  return {
    envelopeFrom: frozen.from.address,
    recipients: [...message.recipients],
    messageId: message.externalId ?? '',
    date: new Date(frozen.date),
    from: frozen.from,
    to: message.to.map(({ name, value }) => ({ name, address: value })),
    cc: message.cc.map(({ name, value }) => ({ name, address: value })),
    ...(frozen.replyTo ? { replyTo: { name: frozen.from.name, address: frozen.replyTo } } : {}),
    ...(frozen.inReplyTo ? { inReplyTo: frozen.inReplyTo } : {}),
    references: frozen.references,
    subject: frozen.subject,
    text: letterText(message.text, frozen),
    html: htmlOf(message.text, frozen),
    boundarySeed: frozen.boundarySeed,
    attachments: message.attachments.map(({ filename, contentType, path }) => ({
      filename,
      contentType,
      path,
    })),
    headers: frozen.isAutomatic ? AUTOMATIC : {},
  };
}

const AUTOMATIC = { 'Auto-Submitted': 'auto-replied', 'X-Auto-Response-Suppress': 'All' };

type Around = Pick<Frozen, 'greeting' | 'signature' | 'quote'>;

/** The plain text of the whole letter. */
export function letterText(text: string, { greeting, signature, quote }: Around): string {
  const signed = signature && `-- \n${signature}`;
  return `${[greeting, text, signed, quote?.text].filter(Boolean).join('\n\n')}\n`;
}

function htmlOf(text: string, { greeting, signature, quote }: Around): string {
  const greeted = greeting && `<p>${linesOf(greeting)}</p>`;
  const signed = signature && `<p>-- <br>${linesOf(signature)}</p>`;
  return `<!doctype html><html><body>${greeted}${renderMarkdown(text)}${signed}${quote?.html ?? ''}</body></html>`;
}

const linesOf = (text: string) => escapeHtml(text).replaceAll('\n', '<br>');
