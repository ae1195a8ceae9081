import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import {
  findAccount,
  isError,
  keepRaw,
  noteReceipt,
  openSecrets,
  type ChannelAccount,
  type HostApp,
  type InboundContext,
} from '@helpdesk/core';
import { readCallback, type Receipt } from '../api/callback.js';
import { senderOf } from '../channel/bot-of.js';

async function findBot({ app, params }: InboundContext): Promise<ChannelAccount | undefined> {
  try {
    const account = await findAccount(app.db, Number(params['account']));
    return account.channel === 'viber' ? account : undefined;
  } catch (error) {
    if (isError(error, 'ACCOUNT_UNKNOWN')) return undefined;
    throw error;
  }
}

/** Whether a call is from Viber, for this bot: signed over its bytes as they came with the bot's token. */
export async function isFromViber(ctx: InboundContext): Promise<boolean> {
  const account = await findBot(ctx);
  const { token = '' } = account ? await openSecrets(ctx.app, account.id) : {};
  if (token === '') return false;
  const expected = Buffer.from(createHmac('sha256', token).update(ctx.raw).digest('hex'));
  const given = Buffer.from(ctx.header('X-Viber-Content-Signature'));
  return expected.length === given.length && timingSafeEqual(expected, given);
}

export interface Taking {
  greeting(): string;
  noteReceipt(accountId: number, receipt: Receipt): Promise<void>;
}

/** What Viber calls: kept before it hears that all is well. */
export async function takeCall(ctx: InboundContext, taking: Taking): Promise<void> {
  const account = await findBot(ctx);
  const callback = readCallback(ctx.raw);
  if (!account) return ctx.noContent();
  if (callback?.event === 'conversation_started')
    // The answer is said to them; until they write, nothing else may be.
    return ctx.json({ sender: senderOf(account), type: 'text', text: taking.greeting() });
  if (!callback) await keep(ctx, account, { externalId: `unreadable:${hash(ctx.raw)}` });
  else if (callback.event === 'message')
    await keep(ctx, account, { externalId: callback.message_token, sequence: callback.timestamp });
  else if ('message_token' in callback) await taking.noteReceipt(account.id, callback);
  ctx.json({ ok: true });
}

const keep = (
  { app, raw }: InboundContext,
  account: ChannelAccount,
  named: { externalId: string; sequence?: number },
) => keepRaw(app, { account, raw, ...named });

const hash = (raw: Buffer) => createHash('sha256').update(raw).digest('hex');

/** @returns whether it is of a message that we know */
export function noteWhatBecame(
  app: HostApp,
  accountId: number,
  { event, timestamp, message_token: externalId, desc }: Receipt,
): Promise<boolean> {
  const at = new Date(timestamp).toISOString();
  const receipt =
    event === 'failed' ? { kind: event, reason: desc || 'Viber could not deliver it' } : { kind: event, at };
  return noteReceipt(app, { accountId, externalId, receipt });
}
