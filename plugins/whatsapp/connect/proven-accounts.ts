import { createHmac, timingSafeEqual } from 'node:crypto';
import { listAccounts, openSecrets, type ChannelAccount, type InboundContext } from '@helpdesk/core';
import { readCall } from '../api/read-call.js';
import { Config } from '../channel/number-of.js';

/** The accounts for which a call may speak: those of the app whose secret signed its bytes. */
export async function provenAccounts({ app, raw, header }: InboundContext): Promise<ChannelAccount[]> {
  const given = Buffer.from(header('X-Hub-Signature-256'));
  const proven: ChannelAccount[] = [];
  for (const account of await listAccounts(app.db, { channel: 'whatsapp' })) {
    const { appSecret = '' } = await openSecrets(app, account.id);
    if (appSecret !== '' && isSignedBy(appSecret, raw, given)) proven.push(account);
  }
  return proven;
}

function isSignedBy(secret: string, raw: Buffer, given: Buffer): boolean {
  const expected = Buffer.from(`sha256=${createHmac('sha256', secret).update(raw).digest('hex')}`);
  return expected.length === given.length && timingSafeEqual(expected, given);
}

/**
 * Whether a call is from Meta: signed over its bytes as they came, by an app of ours, and speaking for no number of ours
 * that belongs to another app.
 */
export async function isFromWhatsApp(ctx: InboundContext): Promise<boolean> {
  const proven = await provenAccounts(ctx);
  if (proven.length === 0) return false;
  const named = new Set(readCall(ctx.raw)?.map(({ value }) => value.metadata.phone_number_id));
  const accounts = await listAccounts(ctx.app.db, { channel: 'whatsapp' });
  const ours = accounts.filter((account) => named.has(Config.parse(account.config).phoneNumberId));
  return ours.every(({ id }) => proven.some((account) => account.id === id));
}
