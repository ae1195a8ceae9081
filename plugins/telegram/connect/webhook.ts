import { createHash } from 'node:crypto';
import {
  errors,
  findAccount,
  isError,
  jsonOrNone,
  keepRaw,
  type ChannelAccount,
  type HostApp,
  type InboundContext,
} from '@helpdesk/core';
import { z } from 'zod';

/** As much of an update as is needed before it is kept. */
const Head = z.object({
  update_id: z.number().int(),
  message: z
    .object({
      chat: z.object({ id: z.number(), type: z.string() }),
      date: z.number(),
      text: z.string().optional(),
    })
    .optional(),
  edited_message: z
    .object({ chat: z.object({ type: z.string() }), edit_date: z.number().optional() })
    .optional(),
  callback_query: z.object({ id: z.string() }).optional(),
  message_reaction: z.object({ chat: z.object({ type: z.string() }), date: z.number() }).optional(),
});
type Head = z.infer<typeof Head>;

const PURPOSE = 'telegram-webhook';
/** https://core.telegram.org/bots/api#setwebhook: 1–256 characters of A-Z a-z 0-9 _ - */
export const webhookSecret = ({ keys }: Pick<HostApp, 'keys'>, accountId: number): string =>
  keys.sign(PURPOSE, String(accountId));

/** Whether a call is from Telegram, for this account: the header holds what we told it when the webhook was set. */
export function isFromTelegram({ app, params, header }: InboundContext): boolean {
  return app.keys.verify(PURPOSE, params['account'] ?? '', header('X-Telegram-Bot-Api-Secret-Token'));
}

export interface Taking {
  /** Somebody has opened the chat: they are greeted, and no ticket is opened. */
  greet(accountId: number, chatId: number): Promise<void>;
  /** A button was pressed: Telegram waits to be told so. */
  pressed(accountId: number, callbackId: string): Promise<void>;
}

/** What Telegram calls: kept before it hears that all is well. */
export async function takeCall(ctx: InboundContext, taking: Taking): Promise<void> {
  const account = await findOpen(ctx);
  await takeUpdate(ctx.app, account, { raw: ctx.raw, taking });
  ctx.json({ ok: true });
}

async function findOpen({ app, params }: InboundContext): Promise<ChannelAccount> {
  try {
    const account = await findAccount(app.db, Number(params['account']));
    if (account.channel === 'telegram') return account;
  } catch (error) {
    if (!isError(error, 'ACCOUNT_UNKNOWN')) throw error;
  }
  throw errors.NOT_FOUND();
}

/** Puts an update into the journal. What other people say in groups is not for the desk. */
export async function takeUpdate(
  app: HostApp,
  account: ChannelAccount,
  { raw, taking }: { raw: Buffer; taking: Taking },
): Promise<void> {
  const read = Head.safeParse(jsonOrNone(raw.toString('utf8')));
  if (!read.success) {
    const externalId = `unreadable:${createHash('sha256').update(raw).digest('hex')}`;
    return void (await keepRaw(app, { account, externalId, raw }));
  }
  const head = read.data;
  const chat = head.message?.chat ?? head.edited_message?.chat ?? head.message_reaction?.chat;
  if (chat && chat.type !== 'private') return;
  if (head.message && /^\/start(@\w+)?(\s|$)/.test(head.message.text ?? ''))
    return taking.greet(account.id, head.message.chat.id);
  await keepRaw(app, { account, externalId: nameOf(head), raw, sequence: head.update_id });
  if (head.callback_query) await taking.pressed(account.id, head.callback_query.id);
}

/** After a quiet week Telegram begins its numbers anew at random, so a number alone could come twice. */
const nameOf = ({ update_id: id, message, edited_message: edited, message_reaction: reaction }: Head) =>
  `${id}:${message?.date ?? edited?.edit_date ?? reaction?.date ?? 0}`;
