import type { Channel, HostApp } from '@helpdesk/core';
import { setupOf } from '../connect/setup.js';
import { botOf } from './bot-of.js';
import { messageId, readUpdate } from './read-update.js';
import { sendMessage } from './send-message.js';

const MEGABYTE = 1024 * 1024;

/** A bot as a channel. Limits: https://core.telegram.org/bots/api#sendmessage, #senddocument, #sendmediagroup */
export function createTelegramChannel(app: HostApp, { apiUrl }: { apiUrl: string }): Channel {
  return {
    id: 'telegram',
    title: 'telegram.channel',
    icon: 'telegram',
    identityKind: 'telegram',
    isConversation: true,
    beats: true,
    limits: {
      undoMs: 5000,
      maxAttachmentBytes: 50 * MEGABYTE,
      canCc: false,
      maxCharacters: 4096,
      maxAttachments: 10,
      maxButtons: 8,
    },
    setup: setupOf(app, { apiUrl }),
    async parse(raw, account, { isLastTry }) {
      const bot = await botOf(app, account.id, apiUrl);
      return readUpdate(app, { raw, account, bot, isLastTry });
    },
    // Telegram numbers a message when it has it; until then nothing else could be known by our number.
    freeze: ({ messageId: id }) => ({ externalId: messageId('out', id) }),
    async send(message, { aboutToSend }) {
      const bot = await botOf(app, message.account.id, apiUrl);
      const [chatId, ...more] = message.recipients;
      if (chatId === undefined) return [];
      const result = await sendMessage(bot, message, { chatId, aboutToSend });
      return [
        result,
        ...more.map((recipient) => ({ recipient, state: 'failed' as const, reason: 'one chat a message' })),
      ];
    },
  };
}
