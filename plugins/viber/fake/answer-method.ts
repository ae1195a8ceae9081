import { createHmac } from 'node:crypto';
import { z } from 'zod';
import { exactJson, type FakeState } from './fake-state.js';

type Said = Readonly<Record<string, unknown>>;
const good = (more: object = {}): Said => ({ status: 0, status_message: 'ok', ...more });
/** https://creators.viber.com/docs/bots-api/errors */
const bad = (status: number, message: string): Said => ({ status, status_message: message });

/** @returns 'cut': it was taken, and the connection ends without an answer */
export async function answerMethod(
  state: FakeState,
  method: string,
  { token, body }: { token: string; body: unknown },
): Promise<Said | 'cut'> {
  if (token !== state.token) return bad(2, 'invalidAuthToken');
  switch (method) {
    case 'get_account_info':
      return good({ id: 'pa:75346594275468546724', name: 'Warm House', uri: 'warmhouse' });
    case 'set_webhook':
      return setWebhook(state, body);
    case 'send_message':
      return send(state, body);
    default:
      return bad(3, 'badData');
  }
}

const Webhook = z.object({
  url: z.url({ protocol: /^https?$/ }),
  event_types: z.array(z.enum(['delivered', 'seen', 'failed', 'conversation_started'])),
  send_name: z.literal(true),
});

/** The address is tried before it is taken. */
async function setWebhook(state: FakeState, body: unknown): Promise<Said> {
  const read = Webhook.safeParse(body);
  if (!read.success || (state.wantsHttps && !read.data.url.startsWith('https:'))) return bad(1, 'invalidUrl');
  const { url, event_types: events } = read.data;
  const said = exactJson({
    event: 'webhook',
    timestamp: 1_770_000_000_000,
    message_token: '4912661846655238145',
  });
  const response = await fetch(state.reach(url), {
    method: 'POST',
    headers: { 'X-Viber-Content-Signature': signatureOf(said, state.token) },
    body: said,
  }).catch(() => undefined);
  if (response?.status !== 200) return bad(1, `invalidUrl: ${response?.status}`);
  state.webhook = { url, events };
  return good({ event_types: events });
}

export const signatureOf = (body: string | Buffer, token: string): string =>
  createHmac('sha256', token).update(body).digest('hex');

const Keyboard = z.object({
  Type: z.literal('keyboard'),
  Buttons: z
    .array(
      z.object({
        Columns: z.number().int().min(1).max(6),
        Rows: z.number().int().min(1).max(2),
        ActionType: z.literal('reply'),
        ActionBody: z.string().min(1),
        Text: z.string().min(1).max(250),
      }),
    )
    .min(1)
    .max(24),
});
const head = {
  receiver: z.string().regex(/^[A-Za-z0-9+/]{10,}={0,2}$/),
  min_api_version: z.number(),
  sender: z.object({ name: z.string().min(1).max(28) }),
  keyboard: Keyboard.optional(),
};
const media = z
  .url({ protocol: /^https$/ })
  .max(2000)
  .regex(/\.[a-z0-9]+$/i);
const Sending = z.discriminatedUnion('type', [
  z.strictObject({ ...head, type: z.literal('text'), text: z.string().min(1).max(7000) }),
  z.strictObject({ ...head, type: z.literal('picture'), text: z.string().max(768), media }),
  z.strictObject({
    ...head,
    type: z.literal('file'),
    media,
    size: z
      .number()
      .int()
      .min(1)
      .max(50 * 1024 * 1024),
    file_name: z.string().min(1).max(256),
  }),
]);

const codes = { busy: 12, refused: 3, gone: 6 } as const;

async function send(state: FakeState, body: unknown): Promise<Said | 'cut'> {
  const trouble = state.troubles.shift();
  if (typeof trouble === 'number') return bad(trouble, 'trouble');
  if (trouble !== undefined && trouble !== 'silent') return bad(codes[trouble], `${trouble} by the fake`);
  const read = Sending.safeParse(body);
  if (!read.success || Buffer.byteLength(JSON.stringify(body)) > 30 * 1024)
    return bad(3, `badData: ${read.error?.issues[0]?.path.join('.') ?? 'too large'}`);
  const { type, receiver, sender, keyboard } = read.data;
  const file = 'media' in read.data ? await fetchFile(state, read.data.media) : undefined;
  if ('media' in read.data && !file) return bad(3, 'badData: media');
  if (read.data.type === 'file' && file?.length !== read.data.size) return bad(3, 'badData: size');
  const id = String(state.nextId++);
  const name = 'file_name' in read.data ? read.data.file_name : 'picture';
  state.sent.push({
    type,
    to: receiver,
    text: 'text' in read.data ? read.data.text : '',
    sender: sender.name,
    buttons: keyboard?.Buttons.map(({ ActionBody: says, Text: text }) => ({ says, text })) ?? [],
    files: file ? [{ name, content: file }] : [],
    id,
  });
  return trouble === 'silent' ? 'cut' : good({ message_token: id });
}

async function fetchFile(state: FakeState, url: string): Promise<Buffer | undefined> {
  const response = await fetch(state.reach(url));
  return response.ok ? Buffer.from(await response.arrayBuffer()) : undefined;
}
