import {
  choice,
  listAccounts,
  openSecrets,
  secretText,
  type AccountCheck,
  type ChannelSetup,
  type HostApp,
} from '@helpdesk/core';
import { z } from 'zod';
import { callTelegram } from '../api/call-telegram.js';

export const Config = z.object({
  /** How updates come: by calls to us, by asking, or whichever works here. */
  mode: z.enum(['auto', 'webhook', 'polling']).catch('auto'),
  botId: z.number().int().catch(0),
});

const Me = z.object({ id: z.number().int(), first_name: z.string(), username: z.string() });
const isToken = (text: string) => /^\d{3,20}:[\w-]{20,100}$/.test(text);

/** Pasting the token and seeing the bot's name. */
export function setupOf(app: HostApp, { apiUrl }: { apiUrl: string }): ChannelSetup {
  return {
    intro: 'telegram.setup.intro',
    fields: {
      token: secretText({ label: 'telegram.setup.token' }),
      mode: choice({
        label: 'telegram.setup.mode',
        choices: ['auto', 'webhook', 'polling'],
        default: 'auto',
      }),
    },
    async check(values, { accountId }): Promise<AccountCheck> {
      const known = accountId === undefined ? undefined : await openSecrets(app, accountId);
      const token =
        (typeof values['token'] === 'string' ? values['token'].trim() : '') || (known?.['token'] ?? '');
      if (!isToken(token)) return { ok: false, field: 'token', because: 'telegram.setup.noToken' };
      const called = await callTelegram({ apiUrl, token }, 'getMe');
      if (called.state === 'refused' && (called.code === 401 || called.code === 404))
        return { ok: false, field: 'token', because: 'telegram.setup.wrongToken' };
      const me = called.state === 'ok' ? Me.safeParse(called.result) : undefined;
      if (!me?.success)
        return {
          ok: false,
          because: 'telegram.setup.unreachable',
          values: { reason: called.state === 'ok' ? '' : called.reason },
        };
      const { id, first_name: name, username } = me.data;
      const accounts = await listAccounts(app.db, { channel: 'telegram' });
      if (accounts.some((account) => account.id !== accountId && account.config['botId'] === id))
        return { ok: false, field: 'token', because: 'telegram.setup.taken', values: { name } };
      return { ok: true, name, address: `@${username}`, config: { botId: id } };
    },
  };
}
