import {
  addAccount,
  changeAccount,
  errors,
  findAccount,
  openSecrets,
  type ChannelAccount,
  type HostApp,
} from '@helpdesk/core';
import type { MailboxSettings, MailboxSetup, MailServer } from '@helpdesk/core/contracts';
import { readMailboxConfig } from '../channel/mailbox-config.js';

/** How pages connect a mailbox. */
export function createMailboxSetup(app: HostApp): MailboxSetup {
  return {
    async recognise(address) {
      const { recogniseProvider } = await import('../transport/providers.js');
      const found = await recogniseProvider(address);
      if (!found) return null;
      const { name, imap, smtp, hint, helpUrl } = found;
      return { name, imap, smtp, hint: hint ?? null, helpUrl: helpUrl ?? null };
    },

    async check(settings, { accountId, onStep } = {}) {
      const { checkMailbox } = await import('../transport/check-mailbox.js');
      const isKept = accountId !== undefined && keepsServers(await findAccount(app.db, accountId), settings);
      const stored = isKept ? await openSecrets(app, accountId) : {};
      const signIn = {
        user: settings.user || settings.address,
        password: settings.password || (stored['password'] ?? ''),
      };
      return checkMailbox(
        {
          imap: { ...settings.imap, ...signIn, ...(settings.folder ? { folder: settings.folder } : {}) },
          smtp: { ...settings.smtp, ...signIn },
        },
        onStep ? { onStep } : {},
      );
    },

    add: ({ lineId, name, actor, ...settings }) =>
      addAccount(app, {
        channel: 'email',
        lineId,
        name,
        address: settings.address,
        // Old mail stays where it is: a desk that opens with ten years of letters helps nobody. Servers date mail to
        // the second, and their clocks are not ours.
        config: { ...configOf(settings), takeSince: new Date(app.now().getTime() - 60_000).toISOString() },
        secrets: { password: settings.password },
        actor,
      }),

    async read(accountId) {
      const account = await findAccount(app.db, accountId);
      const { user, imap, smtp, folder } = readMailboxConfig(account);
      const nowhere = { host: '', port: 993, secure: 'tls' as const };
      return {
        address: account.address,
        user,
        imap: imap ?? nowhere,
        smtp: smtp ?? { ...nowhere, port: 465 },
        folder,
      };
    },

    async change(accountId, { lineId, name, actor, expectedVersion, ...settings }) {
      const account = await findAccount(app.db, accountId);
      if (!settings.password && !keepsServers(account, settings))
        throw errors.FORM_INVALID({ problems: { password: 'core.form.required' } });
      await changeAccount(app, {
        accountId,
        fields: {
          lineId,
          name,
          address: settings.address,
          config: { ...account.config, ...configOf(settings) },
          ...(settings.password ? { secrets: { password: settings.password } } : {}),
        },
        ...(expectedVersion === undefined ? {} : { expectedVersion }),
        actor,
      });
    },
  };
}

/** A stored password goes only where it went before: whoever may name another server must know it. */
function keepsServers(account: ChannelAccount, settings: MailboxSettings): boolean {
  const before = readMailboxConfig(account);
  const isSame = (one: MailServer | null, other: MailServer) =>
    one?.host === other.host && one.port === other.port && one.secure === other.secure;
  return (
    isSame(before.imap, settings.imap) &&
    isSame(before.smtp, settings.smtp) &&
    (before.user || account.address) === (settings.user || settings.address)
  );
}

const configOf = ({ user, imap, smtp, folder }: MailboxSettings) => ({
  user: user ?? '',
  imap,
  smtp,
  folder: folder || 'INBOX',
});
