import { z } from 'zod';

// Types of https://core.telegram.org/bots/api, as far as a help desk reads them.

const User = z.object({
  id: z.number().int(),
  is_bot: z.boolean().default(false),
  first_name: z.string().default(''),
  last_name: z.string().optional(),
  username: z.string().optional(),
  language_code: z.string().optional(),
});

const File = z.object({
  file_id: z.string(),
  file_unique_id: z.string().default(''),
  file_size: z.number().optional(),
  file_name: z.string().optional(),
  mime_type: z.string().optional(),
});
export type TelegramFile = z.infer<typeof File>;

export const Message = z.object({
  message_id: z.number().int(),
  from: User.optional(),
  chat: z.object({ id: z.number().int(), type: z.string() }),
  /** Unix time, in seconds. */
  date: z.number().int(),
  edit_date: z.number().int().optional(),
  text: z.string().optional(),
  caption: z.string().optional(),
  /** The same picture in several sizes, the largest last. */
  photo: z.array(File).optional(),
  document: File.optional(),
  audio: File.optional(),
  voice: File.optional(),
  video: File.optional(),
  video_note: File.optional(),
  animation: File.optional(),
  sticker: File.extend({ emoji: z.string().optional() }).optional(),
  contact: z.object({ phone_number: z.string(), first_name: z.string().default('') }).optional(),
  location: z.object({ latitude: z.number(), longitude: z.number() }).optional(),
  reply_to_message: z.object({ message_id: z.number().int() }).optional(),
});
export type TelegramMessage = z.infer<typeof Message>;

const Callback = z.object({
  id: z.string(),
  from: User,
  message: z
    .object({ message_id: z.number().int(), chat: z.object({ id: z.number().int(), type: z.string() }) })
    .optional(),
  data: z.string().optional(),
});
export type TelegramCallback = z.infer<typeof Callback>;

/** https://core.telegram.org/bots/api#messagereactionupdated */
const Reaction = z.object({
  chat: z.object({ id: z.number().int(), type: z.string() }),
  message_id: z.number().int(),
  user: User.optional(),
  date: z.number().int(),
  /** Empty: it was taken back. */
  new_reaction: z.array(z.object({ type: z.string(), emoji: z.string().optional() })),
});
export type TelegramReaction = z.infer<typeof Reaction>;

/** One thing that happened in a bot. */
export const Update = z.object({
  update_id: z.number().int(),
  message: Message.optional(),
  edited_message: Message.optional(),
  callback_query: Callback.optional(),
  message_reaction: Reaction.optional(),
});
export type Update = z.infer<typeof Update>;

/** What the desk asks to be told of. */
export const ALLOWED_UPDATES = ['message', 'edited_message', 'callback_query', 'message_reaction'] as const;
