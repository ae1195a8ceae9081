import { listAccounts, type ChannelAccount, type HostApp } from '@helpdesk/core';
import { z } from 'zod';

/** What an administrator has said of a chat. */
export const Config = z.object({
  /** Public: it stands in the pages of the site. */
  key: z.string().catch(''),
  origins: z.string().catch(''),
  open: z.enum(['agents', 'always']).catch('agents'),
  askEmail: z.enum(['later', 'first']).catch('later'),
  mailMinutes: z.number().catch(10),
  /** After so many days without a visit the conversation is put away. */
  keepDays: z.number().catch(180),
  greeting: z.string().catch(''),
  away: z.string().catch(''),
  hours: z.string().catch(''),
  colour: z.string().catch(''),
});
export type Config = z.infer<typeof Config>;

/** One chat: an account and what it says. */
export interface Site {
  readonly account: ChannelAccount;
  readonly config: Config;
}

/** The chat of a key, unless it is switched off. */
export async function findSite(app: HostApp, key: string): Promise<Site | undefined> {
  if (!/^[\w-]{22}$/.test(key)) return undefined;
  const accounts = await listAccounts(app.db, { channel: 'web-chat' });
  const account = accounts.find(({ enabled, config }) => enabled && config['key'] === key);
  return account && { account, config: Config.parse(account.config) };
}
