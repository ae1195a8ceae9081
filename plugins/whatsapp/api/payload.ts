import { z } from 'zod';

// Payloads of https://developers.facebook.com/docs/whatsapp/cloud-api/webhooks/components, as far as a help desk reads
// them. One call may hold several entries, each with several changes, each with several messages and statuses.

export const Call = z.object({
  object: z.literal('whatsapp_business_account'),
  entry: z.array(z.object({ changes: z.array(z.object({ field: z.string(), value: z.unknown() })) })),
});

const Person = z.object({
  wa_id: z.string().optional(),
  user_id: z.string().optional(),
  profile: z.object({ name: z.string().default('') }).optional(),
});

/** Of a change whose field is `messages`. */
export const Value = z.object({
  metadata: z.object({ phone_number_id: z.string() }),
  contacts: z.array(Person).default([]),
  messages: z.array(z.unknown()).default([]),
  statuses: z.array(z.unknown()).default([]),
});
export type Value = z.infer<typeof Value>;

export const Status = z.object({
  /** Of the message that we sent. */
  id: z.string(),
  status: z.string(),
  /** Unix time, in seconds. */
  timestamp: z.coerce.number(),
  errors: z
    .array(
      z.object({
        code: z.number().int(),
        title: z.string().default(''),
        error_data: z.object({ details: z.string().optional() }).optional(),
      }),
    )
    .default([]),
});
export type Status = z.infer<typeof Status>;

const Media = z.object({
  id: z.string(),
  mime_type: z.string().optional(),
  caption: z.string().optional(),
  filename: z.string().optional(),
});
export type Media = z.infer<typeof Media>;

const Words = z.object({ id: z.string().default(''), title: z.string().default('') });
const Card = z.object({
  name: z.object({ formatted_name: z.string().default('') }).optional(),
  phones: z.array(z.object({ phone: z.string().optional() })).default([]),
  emails: z.array(z.object({ email: z.string().optional() })).default([]),
});

/** What somebody can say; `type` names the one that is there. */
const said = {
  type: z.string(),
  text: z.object({ body: z.string() }).optional(),
  image: Media.optional(),
  video: Media.optional(),
  audio: Media.optional(),
  document: Media.optional(),
  sticker: Media.optional(),
  location: z
    .object({
      latitude: z.number(),
      longitude: z.number(),
      name: z.string().optional(),
      address: z.string().optional(),
    })
    .optional(),
  contacts: z.array(Card).optional(),
  /** A quick reply under a template. */
  button: z.object({ text: z.string() }).optional(),
  interactive: z.object({ button_reply: Words.optional(), list_reply: Words.optional() }).optional(),
  reaction: z.object({ message_id: z.string(), emoji: z.string().optional() }).optional(),
  system: z.object({ body: z.string().default('') }).optional(),
  order: z
    .object({
      text: z.string().optional(),
      product_items: z
        .array(z.object({ product_retailer_id: z.string(), quantity: z.coerce.number() }))
        .default([]),
    })
    .optional(),
};
const Said = z.object(said);
export type Said = z.infer<typeof Said>;

export const Message = z.object({
  ...said,
  id: z.string(),
  /** The number; missing where its owner hides it behind a user name. */
  from: z.string().optional(),
  /** How the business knows its writer, with or without a number. */
  from_user_id: z.string().optional(),
  /** Unix time, in seconds. */
  timestamp: z.coerce.number(),
  context: z.object({ id: z.string().optional() }).optional(),
  edit: z.object({ original_message_id: z.string(), message: Said }).optional(),
  revoke: z.object({ original_message_id: z.string() }).optional(),
});
export type Message = z.infer<typeof Message>;
