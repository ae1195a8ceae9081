import { z } from 'zod';

// What https://developers.facebook.com/docs/whatsapp/cloud-api/reference/messages takes, of what the desk sends.

const text = z.object({ body: z.string().min(1).max(4096) });
const media = z.strictObject({ id: z.string().min(1), caption: z.string().min(1).max(1024).optional() });
const button = z.object({
  type: z.literal('reply'),
  reply: z.object({
    id: z
      .string()
      .min(1)
      .max(256)
      .refine((id) => id.trim() === id),
    title: z.string().min(1).max(20),
  }),
});
const interactive = z.object({
  type: z.literal('button'),
  body: z.object({ text: z.string().min(1).max(1024) }),
  action: z.object({
    buttons: z
      .array(button)
      .min(1)
      .max(3)
      .refine((all) => new Set(all.map(({ reply }) => reply.title)).size === all.length)
      .refine((all) => new Set(all.map(({ reply }) => reply.id)).size === all.length),
  }),
});
const parameter = z.strictObject({
  type: z.literal('text'),
  parameter_name: z.string().optional(),
  text: z
    .string()
    .min(1)
    .refine((value) => !/[\n\t]| {5}/.test(value)),
});
const template = z.object({
  name: z.string(),
  language: z.object({ code: z.string() }),
  components: z
    .array(z.object({ type: z.enum(['header', 'body']), parameters: z.array(parameter).min(1) }))
    .optional(),
});

const head = {
  messaging_product: z.literal('whatsapp'),
  recipient_type: z.literal('individual'),
  to: z
    .string()
    .regex(/^\d{5,20}$/)
    .optional(),
  recipient: z
    .string()
    .regex(/^[A-Z]{2}\.(ENT\.)?\w+$/)
    .optional(),
};

export const Sending = z
  .discriminatedUnion('type', [
    z.strictObject({ ...head, type: z.literal('text'), text }),
    z.strictObject({ ...head, type: z.literal('image'), image: media }),
    z.strictObject({ ...head, type: z.literal('video'), video: media }),
    z.strictObject({ ...head, type: z.literal('audio'), audio: media.omit({ caption: true }) }),
    z.strictObject({
      ...head,
      type: z.literal('document'),
      document: media.extend({ filename: z.string().min(1) }),
    }),
    z.strictObject({ ...head, type: z.literal('interactive'), interactive }),
    z.strictObject({ ...head, type: z.literal('template'), template }),
  ])
  .refine(({ to, recipient }) => (to === undefined) !== (recipient === undefined));
export type Sending = z.infer<typeof Sending>;

/** Words, file and buttons of what was sent, whatever its kind. */
export function contentOf(sending: Sending): {
  text: string;
  mediaId?: string;
  filename?: string;
  buttons: { id: string; title: string }[];
} {
  switch (sending.type) {
    case 'text':
      return { text: sending.text.body, buttons: [] };
    case 'interactive': {
      const { body, action } = sending.interactive;
      return { text: body.text, buttons: action.buttons.map(({ reply }) => reply) };
    }
    case 'template':
      return { text: sending.template.name, buttons: [] };
    case 'document': {
      const { id, filename, caption = '' } = sending.document;
      return { text: caption, mediaId: id, filename, buttons: [] };
    }
    case 'audio':
      return { text: '', mediaId: sending.audio.id, buttons: [] };
    case 'image':
      return { text: sending.image.caption ?? '', mediaId: sending.image.id, buttons: [] };
    case 'video':
      return { text: sending.video.caption ?? '', mediaId: sending.video.id, buttons: [] };
  }
}
