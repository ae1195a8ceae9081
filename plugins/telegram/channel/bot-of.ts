import { openSecrets, type HostApp } from '@helpdesk/core';
import type { Bot } from '../api/call-telegram.js';

/** The bot of an account, with its token. */
export async function botOf(app: HostApp, accountId: number, apiUrl: string): Promise<Bot> {
  const { token = '' } = await openSecrets(app, accountId);
  return { apiUrl, token };
}
