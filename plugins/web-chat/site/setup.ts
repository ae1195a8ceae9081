import {
  choice,
  findAccount,
  longText,
  newToken,
  number,
  secretText,
  text,
  type AccountCheck,
  type ChannelSetup,
  type HostApp,
} from '@helpdesk/core';
import { readOrigins } from './origins.js';
import { Config } from './site.js';

const textOf = (value: unknown): string => (typeof value === 'string' ? value.trim() : '');

/** A chat is made by naming the sites on which it may stand; there is nobody to ask. */
export function setupOf(app: HostApp): ChannelSetup {
  return {
    intro: 'web-chat.setup.intro',
    fields: {
      origins: { ...longText({ label: 'web-chat.setup.origins', max: 4000 }), required: true },
      greeting: longText({ label: 'web-chat.setup.greeting', max: 300 }),
      open: choice({ label: 'web-chat.setup.open', choices: ['agents', 'always'], default: 'agents' }),
      away: longText({ label: 'web-chat.setup.away', max: 500 }),
      hours: text({ label: 'web-chat.setup.hours', max: 200 }),
      askEmail: choice({ label: 'web-chat.setup.askEmail', choices: ['later', 'first'], default: 'later' }),
      mailMinutes: number({ label: 'web-chat.setup.mailMinutes', default: 10, min: 1, max: 1440 }),
      keepDays: number({ label: 'web-chat.setup.keepDays', default: 180, min: 1, max: 3650 }),
      colour: text({ label: 'web-chat.setup.colour', max: 7 }),
      userSecret: secretText({ label: 'web-chat.setup.userSecret' }),
    },
    async check(values, { accountId }): Promise<AccountCheck> {
      const { origins, wrong } = readOrigins(textOf(values['origins']));
      if (wrong !== undefined)
        return {
          ok: false,
          field: 'origins',
          because: 'web-chat.setup.wrongOrigin',
          values: { typed: wrong },
        };
      const [first] = origins;
      if (first === undefined) return { ok: false, field: 'origins', because: 'web-chat.setup.noOrigin' };
      const colour = textOf(values['colour']);
      if (colour !== '' && !/^#[0-9a-f]{6}$/i.test(colour))
        return { ok: false, field: 'colour', because: 'web-chat.setup.wrongColour' };
      const secret = textOf(values['userSecret']);
      if (secret !== '' && secret.length < 16)
        return { ok: false, field: 'userSecret', because: 'web-chat.setup.shortSecret' };
      const { host } = new URL(first);
      const config = { key: await keyOf(app, accountId), origins: origins.join('\n'), colour };
      return { ok: true, name: host, address: host, config };
    },
    after: (account) => ({
      text: 'web-chat.setup.after',
      values: {
        script: scriptTag(app.config.url, Config.parse(account.config).key),
        host: new URL(app.config.url).origin,
      },
    }),
  };
}

export const scriptTag = (url: string, key: string): string =>
  `<script src="${url}/web-chat/widget.js" data-chat="${key}" async></script>`;

/** Stands in pages already, so it stays when the chat is changed. */
async function keyOf(app: HostApp, accountId: number | undefined): Promise<string> {
  const known = accountId === undefined ? undefined : await findAccount(app.db, accountId);
  const { key } = Config.parse(known?.config ?? {});
  return key === '' ? newToken().token : key;
}
