import { openSecrets, type ChannelAccount, type HostApp } from '@helpdesk/core';
import { z } from 'zod';
import type { Caller } from '../api/call-graph.js';

/** What an account keeps beside its secrets. */
export const Config = z.object({
  phoneNumberId: z.string().catch(''),
  wabaId: z.string().catch(''),
});

/** A number of a business, with what is needed to speak for it. */
export interface BusinessNumber extends Caller {
  readonly phoneNumberId: string;
  /** The business account to which it belongs, and its templates. */
  readonly wabaId: string;
}

export async function numberOf(
  app: Pick<HostApp, 'db' | 'keys'>,
  account: Pick<ChannelAccount, 'id' | 'config'>,
  apiUrl: string,
): Promise<BusinessNumber> {
  const { accessToken = '', appSecret = '' } = await openSecrets(app, account.id);
  return { apiUrl, token: accessToken, appSecret, ...Config.parse(account.config) };
}
