import { openSecrets, type ChannelAccount, type HostApp } from '@helpdesk/core';
import type { Sender } from '../transport/smtp-sender.js';
import { readMailboxConfig } from './mailbox-config.js';

/** Connections to the SMTP servers of mailboxes, made at the first mail and kept until the mailbox changes. */
export interface Senders {
  /** @throws when the mailbox has no server to send by */
  of(account: ChannelAccount): Promise<Sender>;
  close(): void;
}

export function createSenders(app: HostApp): Senders {
  const known = new Map<number, { version: number; sender: Promise<Sender> }>();

  async function open(account: ChannelAccount): Promise<Sender> {
    const { smtp, user } = readMailboxConfig(account);
    if (!smtp) throw new Error('this mailbox has no server to send by');
    const { password } = await openSecrets(app, account.id);
    const { createSender } = await import('../transport/smtp-sender.js');
    return createSender({
      host: smtp.host,
      port: smtp.port,
      secure: smtp.secure,
      ...(password === undefined ? {} : { user: user || account.address, password }),
      ...(smtp.verifyCertificate ? {} : { tls: { rejectUnauthorized: false } }),
    });
  }

  return {
    of(account) {
      const before = known.get(account.id);
      if (before?.version === account.version) return before.sender;
      void before?.sender.then((sender) => sender.close()).catch(() => undefined);
      const sender = open(account);
      known.set(account.id, { version: account.version, sender });
      sender.catch(() => known.delete(account.id));
      return sender;
    },
    close() {
      for (const { sender } of known.values()) void sender.then((one) => one.close()).catch(() => undefined);
      known.clear();
    },
  };
}
