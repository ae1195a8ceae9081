import type { ChannelNames } from './channel-files.js';

export const indexSource = ({
  name,
  camel,
  pascal,
}: ChannelNames) => `import { definePlugin } from '@helpdesk/core';
import { z } from 'zod';
import { create${pascal}Channel } from './channel.js';
import { isFromProvider, takeCall } from './webhook.js';

const options = z.object({ apiUrl: z.url().default('https://api.${name}.example') });

/** ${pascal} as a channel. */
export const ${camel} = definePlugin(import.meta, {
  options,
  register({ app, options: { apiUrl }, channel, inbound }) {
    channel(create${pascal}Channel(app, { apiUrl }));
    inbound.post('/:account', isFromProvider, takeCall);
  },
});
`;

export const channelSource = ({
  name,
  pascal,
}: ChannelNames) => `import type { Channel, HostApp } from '@helpdesk/core';
import { readMessage } from './read-message.js';
import { sendMessage } from './send-message.js';
import { setupOf } from './setup.js';

/** What this channel can carry. The editor of the desk obeys it. */
export function create${pascal}Channel(app: HostApp, { apiUrl }: { apiUrl: string }): Channel {
  return {
    id: '${name}',
    title: '${name}.channel',
    icon: 'chat',
    identityKind: '${name}',
    isConversation: true,
    limits: {
      undoMs: 5000,
      canCc: false,
      maxCharacters: 2000,
      maxAttachments: 0,
      maxAttachmentBytes: 0,
    },
    setup: setupOf(app, { apiUrl }),
    parse: readMessage,
    freeze: ({ messageId }) => ({ externalId: \`out:\${messageId}\` }),
    send: (message, step) => sendMessage(app, message, { ...step, apiUrl }),
  };
}
`;

export const setupSource = ({
  name,
}: ChannelNames) => `import { openSecrets, secretText, type ChannelSetup, type HostApp } from '@helpdesk/core';
import { z } from 'zod';

const Me = z.object({ name: z.string(), address: z.string() });

/** What an administrator pastes, and the question to the provider that shows whose it is. */
export function setupOf(app: HostApp, { apiUrl }: { apiUrl: string }): ChannelSetup {
  return {
    intro: '${name}.intro',
    fields: {
      token: secretText({ label: '${name}.token' }),
      secret: secretText({ label: '${name}.secret' }),
    },
    async check(values, { accountId }) {
      const known = accountId === undefined ? {} : await openSecrets(app, accountId);
      const token = String(values['token'] || (known['token'] ?? ''));
      const response = await fetch(\`\${apiUrl}/me\`, {
        headers: { Authorization: \`Bearer \${token}\` },
        signal: AbortSignal.timeout(10_000),
      }).catch(() => undefined);
      if (response?.status === 401) return { ok: false, field: 'token', because: '${name}.wrong' };
      const me = response?.ok ? Me.safeParse(await response.json()).data : undefined;
      return me ? { ok: true, ...me } : { ok: false, because: '${name}.unreachable' };
    },
    after: ({ id }) => ({
      text: '${name}.after',
      values: { url: \`\${app.config.url}/inbound/${name}/\${id}\` },
    }),
  };
}
`;

export const webhookSource = ({
  name,
}: ChannelNames) => `import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { findAccount, isError, jsonOrNone, keepRaw, openSecrets, type InboundContext } from '@helpdesk/core';
import { z } from 'zod';

const Head = z.object({ id: z.string(), number: z.number().int() });

/** Whether a call is from the provider: an HMAC over the bytes as they came, with the account's secret. */
export async function isFromProvider(ctx: InboundContext): Promise<boolean> {
  const accountId = await accountOf(ctx);
  if (accountId === undefined) return false;
  const { secret } = await openSecrets(ctx.app, accountId);
  if (!secret) return false;
  const wanted = createHmac('sha256', secret).update(ctx.raw).digest();
  const given = Buffer.from(ctx.header('X-Signature'), 'hex');
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

/** In the journal before the provider hears that all is well; a second call with the same id is the same message. */
export async function takeCall(ctx: InboundContext): Promise<void> {
  const account = await findAccount(ctx.db, Number(ctx.params['account']));
  const head = Head.safeParse(jsonOrNone(ctx.raw.toString('utf8'))).data;
  // What cannot be understood is kept as well, for people to look at.
  const externalId = head?.id ?? \`unreadable:\${createHash('sha256').update(ctx.raw).digest('hex')}\`;
  await keepRaw(ctx.app, { account, externalId, raw: ctx.raw, ...(head ? { sequence: head.number } : {}) });
  ctx.json({ ok: true });
}

async function accountOf({ db, params }: InboundContext): Promise<number | undefined> {
  try {
    const account = await findAccount(db, Number(params['account']));
    return account.channel === '${name}' ? account.id : undefined;
  } catch (error) {
    if (isError(error, 'ACCOUNT_UNKNOWN')) return undefined;
    throw error;
  }
}
`;

export const readSource = ({ name }: ChannelNames) => `import { readFile } from 'node:fs/promises';
import {
  cleanText,
  emptyMessage,
  jsonOrNone,
  unreadableMessage,
  type ChannelAccount,
  type IncomingMessage,
  type RawMessage,
} from '@helpdesk/core';
import { z } from 'zod';

const Message = z.object({
  id: z.string(),
  from: z.object({ id: z.union([z.string(), z.number()]).transform(String), name: z.string() }),
  text: z.string(),
  at: z.iso.datetime(),
});

/** What a message says. It never throws for bad content: that is a problem, and people look at it. */
export async function readMessage(raw: RawMessage, account: ChannelAccount): Promise<IncomingMessage> {
  const read = Message.safeParse(jsonOrNone(await readFile(raw.path, 'utf8')));
  if (!read.success) return unreadableMessage(raw);
  const { id, from, text, at } = read.data;
  return {
    ...emptyMessage,
    externalId: id,
    fingerprint: id,
    writtenAt: at,
    from: { name: cleanText(from.name), kind: '${name}', value: from.id },
    to: [{ name: account.name, kind: '${name}', value: account.address }],
    text: cleanText(text),
  };
}
`;

export const sendSource = () => `import {
  openSecrets,
  plainMarks,
  renderChatText,
  type DeliveryResult,
  type HostApp,
  type OutgoingMessage,
} from '@helpdesk/core';
import { z } from 'zod';

const Sent = z.object({ id: z.string() });

/** Sends an answer to one person, and says what the provider's answer means for another try. */
export async function sendMessage(
  app: HostApp,
  message: OutgoingMessage,
  { apiUrl, aboutToSend }: { apiUrl: string; aboutToSend(): Promise<void> },
): Promise<readonly DeliveryResult[]> {
  const [recipient = ''] = message.recipients;
  const { token } = await openSecrets(app, message.account.id);
  const body = JSON.stringify({ to: recipient, text: renderChatText(message.text, plainMarks) });
  await aboutToSend();
  const response = await fetch(\`\${apiUrl}/messages\`, {
    method: 'POST',
    headers: { Authorization: \`Bearer \${token}\`, 'Content-Type': 'application/json' },
    body,
    signal: AbortSignal.timeout(20_000),
  }).catch(() => undefined);
  // It may have arrived: one more try, and no third.
  if (!response) return [{ recipient, state: 'uncertain', reason: 'no answer' }];
  const { status } = response;
  const reason = \`HTTP \${status}\`;
  if (response.ok) {
    const sent = Sent.safeParse(await response.json().catch(() => undefined)).data;
    return [{ recipient, state: 'sent', ...(sent ? { externalId: sent.id } : {}) }];
  }
  if (status === 429 || status >= 500) {
    const seconds = Number(response.headers.get('Retry-After') ?? 0);
    return [{ recipient, state: 'retry', reason, code: status, ...(seconds > 0 ? { afterMs: seconds * 1000 } : {}) }];
  }
  return [{ recipient, state: 'failed', reason, code: status, isGone: status === 410 }];
}
`;
