import { z } from 'zod';
import { parseExact } from './parse-exact.js';

// Callbacks of https://developers.viber.com/docs/api/rest-bot-api/#callbacks, as far as a help desk reads them.

const token = z.coerce.string();
const timestamp = z.number();

const Message = z.object({
  type: z.string(),
  text: z.string().optional(),
  /** Where the file lies, for an hour; of a link the link itself. */
  media: z.string().optional(),
  file_name: z.string().optional(),
  file_size: z.number().optional(),
  location: z.object({ lat: z.number(), lon: z.number() }).optional(),
  contact: z.object({ name: z.string().default(''), phone_number: z.string().default('') }).optional(),
});
export type ViberMessage = z.infer<typeof Message>;

const Written = z.object({
  event: z.literal('message'),
  /** Unix time, in ms. */
  timestamp,
  message_token: token,
  sender: z.object({ id: z.string(), name: z.string().default(''), language: z.string().optional() }),
  message: Message,
});
export type Written = z.infer<typeof Written>;

const Receipt = z.object({
  event: z.enum(['delivered', 'seen', 'failed']),
  timestamp,
  message_token: token,
  desc: z.string().default(''),
});
export type Receipt = z.infer<typeof Receipt>;

/** Somebody opened the chat for the first time; or came, went; or Viber tries the address. */
const Other = z.object({
  event: z.enum(['conversation_started', 'subscribed', 'unsubscribed', 'webhook', 'client_status', 'action']),
});

const Callback = z.discriminatedUnion('event', [Written, Receipt, Other]);
export type Callback = z.infer<typeof Callback>;

/** @returns undefined for what cannot be understood */
export const readCallback = (raw: string | Buffer): Callback | undefined =>
  Callback.safeParse(parseExact(raw.toString())).data;
