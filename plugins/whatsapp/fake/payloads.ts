import type { Written } from '@helpdesk/core/testing';
import type { FakeWhatsApp } from './start-fake-whatsapp.js';

/** What one entry of a call is about: messages, statuses, or both; of the fake's number unless told otherwise. */
export interface CallPart {
  readonly phoneNumberId?: string;
  readonly messages?: readonly { readonly from?: string; readonly name: string; readonly message: object }[];
  readonly statuses?: readonly object[];
}

/** A call as https://developers.facebook.com/docs/whatsapp/cloud-api/webhooks/components describes it. */
export function callOf({ state }: Pick<FakeWhatsApp, 'state'>, parts: readonly CallPart[]): object {
  return {
    object: 'whatsapp_business_account',
    entry: parts.map(({ phoneNumberId = state.phoneNumberId, messages = [], statuses = [] }) => {
      const contacts = messages.map(({ from, name }) => ({ profile: { name }, wa_id: from }));
      const value = {
        messaging_product: 'whatsapp',
        metadata: { display_phone_number: '74955550101', phone_number_id: phoneNumberId },
        ...(messages.length > 0 ? { contacts, messages: messages.map(({ message }) => message) } : {}),
        ...(statuses.length > 0 ? { statuses } : {}),
      };
      return { id: state.wabaId, changes: [{ field: 'messages', value }] };
    }),
  };
}

export const messageId = (n: number): string => `wamid.${Buffer.from(`in ${n}`).toString('base64')}`;
/** A number of Russia that nobody has. */
const numberOf = (id: number): string => `7${String(id).padStart(10, '0')}`;

/** What WhatsApp would say of what somebody wrote. The text of a file is its caption. */
export function messageOf(
  { n, from: writer, text, files = [], changes, reactsTo }: Written,
  { fake, now }: { fake: Pick<FakeWhatsApp, 'addFile'>; now: Date },
): NonNullable<CallPart['messages']>[number] {
  const [file] = files;
  const from = numberOf(writer.id);
  // Messages of one moment follow each other by a second; none is of the future.
  const timestamp = String(Math.floor(now.getTime() / 1000) - 3600 + n);
  const original_message_id = messageId(changes?.n ?? n);
  const kept = file && fake.addFile({ content: file.content, type: file.contentType });
  const said = file
    ? {
        type: 'document',
        document: {
          id: kept,
          caption: text,
          filename: file.name,
          mime_type: file.contentType,
          sha256: 'x',
        },
      }
    : { type: 'text', text: { body: text } };
  const content =
    reactsTo !== undefined
      ? { type: 'reaction', reaction: { message_id: reactsTo, ...(text === '' ? {} : { emoji: text }) } }
      : changes?.kind === 'deleted'
        ? { type: 'revoke', revoke: { original_message_id } }
        : changes
          ? { type: 'edit', edit: { original_message_id, message: said } }
          : said;
  return { from, name: writer.name, message: { from, id: messageId(n), timestamp, ...content } };
}

export const statusOf = (id: string, status: string, at: Date, more: object = {}): object => ({
  id,
  status,
  timestamp: String(Math.floor(at.getTime() / 1000)),
  recipient_id: '74955550199',
  ...more,
});
