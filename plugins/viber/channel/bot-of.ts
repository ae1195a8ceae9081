import { openSecrets, type HostApp } from '@helpdesk/core';
import type { Bot } from '../api/call-viber.js';

/** The bot of an account, with its token. */
export async function botOf(
  app: Pick<HostApp, 'db' | 'keys'>,
  accountId: number,
  apiUrl: string,
): Promise<Bot> {
  const { token = '' } = await openSecrets(app, accountId);
  return { apiUrl, token };
}

/** The name that stands above what a bot says; Viber takes 28 characters. */
export const senderOf = ({ name }: { name: string }) => ({ name: name.slice(0, 28).toWellFormed() });
