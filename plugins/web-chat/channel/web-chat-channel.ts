import {
  change,
  plainMarks,
  renderChatText,
  typing,
  type App,
  type Channel,
  type DeliveryResult,
  type HostApp,
  type OutgoingMessage,
} from '@helpdesk/core';
import { FILES_BYTES, FILES_MOST } from '../files/kept-file.js';
import { setupOf } from '../site/setup.js';
import { addLine } from '../visitors/lines.js';
import { isVisitor } from '../visit/entry.js';
import { visitorName } from '../visitors/visitor-name.js';
import { lineId } from '../visitors/note-read.js';
import { findVisitor } from '../visitors/visitor.js';
import type { Waiters } from '../visit/waiters.js';
import { readMessage } from './read-message.js';

/** Characters of one message, either way. */
export const TEXT_MOST = 4000;

/** The window on a page as a channel. There is no provider: an answer is a line that the visitor's page fetches. */
export function createWebChatChannel(app: HostApp, waiters: Waiters): Channel {
  return {
    id: 'web-chat',
    title: 'web-chat.channel',
    icon: 'chat',
    identityKind: 'web-chat',
    isConversation: true,
    nameAddress: (visitor, language) => (isVisitor(visitor) ? visitorName(app, visitor, language) : visitor),
    limits: {
      undoMs: 0,
      maxAttachmentBytes: FILES_BYTES,
      canCc: false,
      maxCharacters: TEXT_MOST,
      maxAttachments: FILES_MOST,
      maxButtons: 6,
    },
    setup: setupOf(app),
    parse: (raw, account) => readMessage(app, { raw, account }),
    freeze: ({ messageId, agent }) => ({ externalId: `web-chat:${messageId}`, author: agent?.name ?? null }),
    async send(message, { aboutToSend }) {
      await aboutToSend();
      const results: DeliveryResult[] = [];
      for (const recipient of message.recipients) results.push(await keepLine(app, message, recipient));
      typing(app).end(message.ticketId, 'agent');
      for (const recipient of message.recipients) waiters.wake(recipient);
      return results;
    },
  };
}

/** Kept once for a message, so that a second try after a crash shows nothing twice. */
async function keepLine(app: App, message: OutgoingMessage, recipient: string): Promise<DeliveryResult> {
  const visitor = await findVisitor(app.db, recipient);
  if (visitor && visitor.endedAt !== null)
    return { recipient, state: 'failed', reason: 'the conversation has ended', isGone: true };
  if (visitor?.accountId !== message.account.id)
    return { recipient, state: 'failed', reason: 'there is no such visitor', isGone: visitor === undefined };
  const { author } = message.frozen;
  const number = await change(app, (step) =>
    addLine(step, {
      visitorId: visitor.id,
      kind: 'out',
      messageId: message.messageId,
      ticketId: message.ticketId,
      author: typeof author === 'string' ? author : null,
      text: renderChatText(message.text, plainMarks),
      buttons: message.buttons,
      files: message.attachments.map(({ sha256, filename, contentType, size }) => ({
        sha256,
        filename,
        contentType,
        size,
      })),
    }),
  );
  return { recipient, state: 'sent', externalId: lineId(recipient, number) };
}
