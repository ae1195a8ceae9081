import { z } from 'zod';
import type { FakeState } from './fake-state.js';
import type { FakeCall } from './read-call.js';
import { shownText } from './shown-text.js';

export type Said =
  | { ok: true; result: unknown }
  | { ok: false; error_code: number; description: string; parameters?: { retry_after: number } };

const good = (result: unknown): Said => ({ ok: true, result });
const bad = (code: number, description: string): Said => ({ ok: false, error_code: code, description });

/** @returns 'cut': it was taken, and the connection ends without an answer */
export async function answerMethod(state: FakeState, method: string, call: FakeCall): Promise<Said | 'cut'> {
  switch (method) {
    case 'getMe':
      return good({ id: 123456789, is_bot: true, first_name: 'Warm House', username: 'warm_house_bot' });
    case 'setWebhook':
      return setWebhook(state, call);
    case 'deleteWebhook':
      state.webhook = null;
      return good(true);
    case 'getWebhookInfo':
      return good({ url: state.webhook?.url ?? '', pending_update_count: 0 });
    case 'getUpdates':
      return getUpdates(state, call);
    case 'getFile': {
      const id = String(call.fields['file_id']);
      const content = state.files.get(id);
      return content
        ? good({ file_id: id, file_path: id, file_size: content.length })
        : bad(400, 'Bad Request: wrong file_id or the file is temporarily unavailable');
    }
    case 'answerCallbackQuery':
      return z.string().min(1).safeParse(call.fields['callback_query_id']).success
        ? good(true)
        : bad(400, 'Bad Request: query is too old and response timeout expired or query ID is invalid');
    case 'sendMessage':
    case 'sendDocument':
    case 'sendMediaGroup':
      return send(state, method, call);
    default:
      return bad(404, 'Not Found: method not found');
  }
}

const Webhook = z.object({
  url: z.url({ protocol: /^https$/ }),
  secret_token: z.string().regex(/^[\w-]{1,256}$/),
  allowed_updates: z.array(z.string()),
  max_connections: z.number().int().min(1).max(100),
});

function setWebhook(state: FakeState, { fields }: FakeCall): Said {
  const read = Webhook.safeParse(fields);
  if (!read.success) return bad(400, 'Bad Request: bad webhook: HTTPS URL must be provided for webhook');
  const { url, secret_token: secret, allowed_updates: allowed, max_connections: maxConnections } = read.data;
  state.webhook = { url, secret, allowed, maxConnections };
  return good(true);
}

const Asked = z.object({
  offset: z.number().int().optional(),
  timeout: z.number().int().min(0).default(0),
  allowed_updates: z.array(z.string()).optional(),
});

async function getUpdates(state: FakeState, { fields }: FakeCall): Promise<Said> {
  if (state.webhook) return bad(409, "Conflict: can't use getUpdates method while webhook is active");
  const read = Asked.safeParse(fields);
  if (!read.success) return bad(400, 'Bad Request: wrong parameters');
  const { offset = 0, timeout } = read.data;
  state.updates = state.updates.filter(({ update_id: id }) => id >= offset);
  if (state.updates.length === 0 && timeout > 0) await somethingNew(state, timeout * 1000);
  return good(state.updates.slice(0, 100));
}

function somethingNew({ waiters }: FakeState, ms: number): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      waiters.delete(done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    waiters.add(done);
  });
}

const Chat = z.union([z.string(), z.number()]).transform(String);
const Keyboard = z.object({
  inline_keyboard: z
    .array(
      z
        .array(
          z.object({
            text: z.string().min(1),
            callback_data: z
              .string()
              .refine((data) => Buffer.byteLength(data) >= 1 && Buffer.byteLength(data) <= 64),
          }),
        )
        .min(1),
    )
    .max(100),
});
const Sending = z.object({
  chat_id: Chat,
  text: z.string().optional(),
  caption: z.string().optional(),
  parse_mode: z.enum(['HTML']).optional(),
  reply_markup: Keyboard.optional(),
  media: z.string().optional(),
});
const Media = z
  .array(
    z.object({
      type: z.literal('document'),
      media: z.string(),
      caption: z.string().optional(),
      parse_mode: z.string().optional(),
    }),
  )
  .min(2)
  .max(10);

function send(state: FakeState, method: string, call: FakeCall): Said | 'cut' {
  const trouble = state.troubles.shift();
  if (trouble === 'busy')
    return { ...bad(429, 'Too Many Requests: retry after 7'), parameters: { retry_after: 7 } } as Said;
  if (trouble === 'refused') return bad(400, 'Bad Request: message text is empty');
  if (trouble === 'gone') return bad(403, 'Forbidden: bot was blocked by the user');
  const read = Sending.safeParse(call.fields);
  if (!read.success) return bad(400, `Bad Request: ${read.error.issues[0]?.path.join('.') ?? ''}`);
  const { chat_id: chatId, text, caption, parse_mode: mode, reply_markup: keyboard, media } = read.data;
  const album = media === undefined ? [] : Media.parse(JSON.parse(media));
  const words = [text, caption, ...album.map((item) => item.caption)]
    .filter((item) => item !== undefined)
    .join('\n');
  const shown = shownText(words, mode === 'HTML' || album.some((item) => item.parse_mode === 'HTML'));
  if (shown === undefined) return bad(400, "Bad Request: can't parse entities");
  if (method === 'sendMessage' && (shown.length === 0 || shown.length > 4096))
    return bad(
      400,
      shown.length === 0 ? 'Bad Request: message text is empty' : 'Bad Request: message is too long',
    );
  if (method !== 'sendMessage' && shown.length > 1024)
    return bad(400, 'Bad Request: message caption is too long');
  const files = [...call.files.values()];
  if (method === 'sendDocument' && files.length !== 1)
    return bad(400, 'Bad Request: there is no document in the request');
  if (album.some(({ media: place }) => !call.files.has(place.replace('attach://', ''))))
    return bad(400, 'Bad Request: failed to get the file');
  const id = state.nextMessage++;
  const buttons = keyboard?.inline_keyboard.flat().map((button) => button.text) ?? [];
  state.sent.push({ method, chatId, text: shown, buttons, files, id });
  if (trouble === 'silent') return 'cut';
  const message = { message_id: id, date: 1, chat: { id: Number(chatId), type: 'private' } };
  return good(album.length > 0 ? album.map((_, i) => ({ ...message, message_id: id + i })) : message);
}
