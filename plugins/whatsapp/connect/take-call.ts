import { createHash } from 'node:crypto';
import { keepRaw, type ChannelAccount, type HostApp, type InboundContext } from '@helpdesk/core';
import { z } from 'zod';
import { Status } from '../api/payload.js';
import { readCall, type FoundChange } from '../api/read-call.js';
import { Config } from '../channel/number-of.js';
import { provenAccounts } from './proven-accounts.js';

/** As much of a message as is needed before it is kept. */
const Head = z.object({ id: z.string().min(1).max(500), timestamp: z.coerce.number() });

export interface Taking {
  /** What became of a message of ours. */
  noteStatus(accountId: number, status: Status): Promise<void>;
}

/** What Meta calls. Every message is in the journal before it hears that all is well; a call made again brings nothing new. */
export async function takeCall(ctx: InboundContext, taking: Taking): Promise<void> {
  const { app, raw } = ctx;
  const accounts = await provenAccounts(ctx);
  const changes = readCall(raw);
  if (!changes && accounts[0]) await keepUnreadable(app, accounts[0], raw);
  for (const found of changes ?? []) {
    const id = found.value.metadata.phone_number_id;
    const account = accounts.find(({ config }) => Config.parse(config).phoneNumberId === id);
    // Other numbers of the same app are none of the desk's.
    if (account) await takeChange(app, account, { raw, found, taking });
  }
  ctx.json({ ok: true });
}

async function takeChange(
  app: HostApp,
  account: ChannelAccount,
  { raw, found, taking }: { raw: Buffer; found: FoundChange; taking: Taking },
): Promise<void> {
  const { entry, change, value } = found;
  for (const [message, given] of value.messages.entries()) {
    const head = Head.safeParse(given).data;
    await keepRaw(app, {
      account,
      externalId: head?.id ?? `unreadable:${hash(JSON.stringify(given))}`,
      raw,
      meta: { entry, change, message },
      ...(head ? { sequence: head.timestamp } : {}),
    });
  }
  for (const given of value.statuses) {
    const status = Status.safeParse(given).data;
    if (status) await taking.noteStatus(account.id, status);
  }
}

const keepUnreadable = (app: HostApp, account: ChannelAccount, raw: Buffer) =>
  keepRaw(app, { account, externalId: `unreadable:${hash(raw)}`, raw });

const hash = (given: string | Buffer) => createHash('sha256').update(given).digest('hex');
