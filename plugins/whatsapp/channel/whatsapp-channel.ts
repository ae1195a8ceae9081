import {
  findByIdentity,
  noteHeartbeat,
  type Channel,
  type HostApp,
  type OutgoingMessage,
} from '@helpdesk/core';
import { setupOf } from '../connect/setup.js';
import type { ListTemplates } from './list-templates.js';
import { numberOf } from './number-of.js';
import { TEXT_MOST } from './parts-of.js';
import { readMessage } from './read-message.js';
import { sendMessage } from './send-message.js';
import { TOKEN_CODES } from './trouble-of.js';

const MEGABYTE = 1024 * 1024;
/** https://developers.facebook.com/docs/whatsapp/cloud-api/guides/send-messages#customer-service-windows */
const WINDOW_MS = 24 * 3_600_000;

/** A business's number as a channel. */
export function createWhatsAppChannel(
  app: HostApp,
  { apiUrl, listTemplates }: { apiUrl: string; listTemplates: ListTemplates },
): Channel {
  async function send(
    message: OutgoingMessage,
    { recipient, aboutToSend }: { recipient: string; aboutToSend(): Promise<void> },
  ) {
    const number = await numberOf(app, message.account, apiUrl);
    const templates = message.template ? await listTemplates(number) : [];
    const address = await addressOf(app, recipient);
    const result = await sendMessage(number, message, { recipient, address, templates, aboutToSend });
    if (result.state === 'retry' && TOKEN_CODES.includes(result.code ?? -1))
      await noteHeartbeat(app, {
        accountId: message.account.id,
        health: { error: result.reason },
        alive: false,
      });
    return result;
  }
  return {
    id: 'whatsapp',
    title: 'whatsapp.channel',
    icon: 'whatsapp',
    identityKind: 'whatsapp',
    isConversation: true,
    // Those who hide their number behind a name have none.
    nameAddress: (value) => (/^\d+$/.test(value) ? `+${value}` : value),
    limits: {
      undoMs: 5000,
      maxAttachmentBytes: 100 * MEGABYTE,
      canCc: false,
      maxCharacters: TEXT_MOST,
      maxAttachments: 10,
      maxButtons: 3,
      replyWindowMs: WINDOW_MS,
    },
    setup: setupOf(app, { apiUrl }),
    async parse(raw, account, { isLastTry }) {
      const number = await numberOf(app, account, apiUrl);
      return readMessage(app, { raw, account, number, isLastTry });
    },
    // WhatsApp gives a message its id when it has it.
    freeze: () => ({ externalId: null }),
    async send(message, { aboutToSend }) {
      const [recipient, ...more] = message.recipients;
      if (recipient === undefined) return [];
      return [
        await send(message, { recipient, aboutToSend }),
        ...more.map((other) => ({
          recipient: other,
          state: 'failed' as const,
          reason: 'one person a message',
        })),
      ];
    },
    templates: async (account) => listTemplates(await numberOf(app, account, apiUrl)),
  };
}

/** The desk compares addresses in lower case; the names of those who hide their number have capitals. */
async function addressOf({ db }: HostApp, recipient: string): Promise<string> {
  const identity = await findByIdentity(db, { kind: 'whatsapp', normalised: recipient.toLowerCase() });
  return identity?.value ?? recipient;
}
