import { findByIdentity, type Channel, type HostApp } from '@helpdesk/core';
import { setupOf } from '../connect/setup.js';
import type { FileLinks } from '../connect/file-links.js';
import { botOf, senderOf } from './bot-of.js';
import { partsOf, TEXT_MOST } from './parts-of.js';
import { readWritten } from './read-written.js';
import { sendMessage } from './send-message.js';

export interface ChannelOptions {
  readonly apiUrl: string;
  /** Where files of customers lie. */
  readonly hosts: readonly string[];
  readonly files: FileLinks;
}

/** A bot as a channel. Limits: https://developers.viber.com/docs/api/rest-bot-api/#message-types */
export function createViberChannel(app: HostApp, { apiUrl, hosts, files }: ChannelOptions): Channel {
  return {
    id: 'viber',
    title: 'viber.channel',
    icon: 'viber',
    identityKind: 'viber',
    isConversation: true,
    // Viber gives no numbers, only ids of its own.
    nameAddress: (id, language) =>
      app.t(language, 'viber.nameless', { id: id.replaceAll(/\W/g, '').slice(-4) }),
    limits: {
      undoMs: 5000,
      maxAttachmentBytes: 50 * 1024 * 1024,
      canCc: false,
      maxCharacters: TEXT_MOST,
      maxAttachments: 10,
      maxButtons: 8,
    },
    setup: setupOf(app, { apiUrl }),
    parse: (raw, account, { isLastTry }) => readWritten(app, { raw, account, hosts, isLastTry }),
    // Viber gives a message its number when it has it.
    freeze: () => ({ externalId: null }),
    async send(message, { aboutToSend }) {
      const { account } = message;
      const [recipient, ...more] = message.recipients;
      if (recipient === undefined) return [];
      const result = await sendMessage(await botOf(app, account.id, apiUrl), partsOf(message, files.linkTo), {
        recipient,
        receiver: await receiverOf(app, recipient),
        sender: senderOf(account),
        aboutToSend,
      });
      const others = more.map((other) => ({
        recipient: other,
        state: 'failed' as const,
        reason: 'one person a message',
      }));
      return [result, ...others];
    },
  };
}

/** The desk compares addresses in lower case; Viber tells its ids apart by it. */
async function receiverOf({ db }: HostApp, recipient: string): Promise<string> {
  const identity = await findByIdentity(db, { kind: 'viber', normalised: recipient.toLowerCase() });
  return identity?.value ?? recipient;
}
