import {
  listAccounts,
  openSecrets,
  secretText,
  type AccountCheck,
  type ChannelSetup,
  type HostApp,
} from '@helpdesk/core';
import { z } from 'zod';
import { callViber } from '../api/call-viber.js';
import { TOKEN_CODE } from '../channel/send-message.js';

const Me = z.object({ id: z.string(), name: z.string(), uri: z.string().default('') });
const isToken = (text: string) => /^[0-9a-z]{16}-[0-9a-z]{16}-[0-9a-z]{16}$/i.test(text);

/** Pasting the token and seeing the bot's name. */
export function setupOf(app: HostApp, { apiUrl }: { apiUrl: string }): ChannelSetup {
  return {
    intro: 'viber.setup.intro',
    fields: { token: secretText({ label: 'viber.setup.token' }) },
    async check(values, { accountId }): Promise<AccountCheck> {
      if (!app.config.url.startsWith('https://')) return { ok: false, because: 'viber.setup.noHttps' };
      const known = accountId === undefined ? {} : await openSecrets(app, accountId);
      const typed = typeof values['token'] === 'string' ? values['token'].trim() : '';
      const token = typed || (known['token'] ?? '');
      if (!isToken(token)) return { ok: false, field: 'token', because: 'viber.setup.noToken' };
      const called = await callViber({ apiUrl, token }, 'get_account_info');
      if (called.state === 'refused' && called.code === TOKEN_CODE)
        return { ok: false, field: 'token', because: 'viber.setup.wrongToken' };
      const me = called.state === 'ok' ? Me.safeParse(called.result).data : undefined;
      if (!me) {
        const reason = called.state === 'ok' ? '' : called.reason;
        return { ok: false, because: 'viber.setup.unreachable', values: { reason } };
      }
      const { id: botId, name, uri } = me;
      const accounts = await listAccounts(app.db, { channel: 'viber' });
      if (accounts.some((account) => account.id !== accountId && account.config['botId'] === botId))
        return { ok: false, field: 'token', because: 'viber.setup.taken', values: { name } };
      return { ok: true, name, address: uri || name, config: { botId } };
    },
  };
}
