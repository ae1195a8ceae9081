import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type {
  Channel,
  ChannelAccount,
  DeliveryResult,
  HostApp,
  OutgoingMessage,
  RawMessage,
} from '@helpdesk/core';
import type { Parser } from '../parse/pool.js';
import { composeReply } from './compose-reply.js';
import { freezeMail } from './freeze-mail.js';
import { createOwnAddresses } from './own-addresses.js';
import { readIncoming } from './read-incoming.js';
import { createSenders } from './senders.js';

export interface EmailChannel extends Channel {
  close(): Promise<void>;
}

/** Mail as a channel. Parsing runs in a thread of its own, started at the first mail. */
export function createEmailChannel(app: HostApp, options: { maxMegabytes: () => number }): EmailChannel {
  const senders = createSenders(app);
  const ownAddresses = createOwnAddresses(app);
  const spool = join(app.config.data, 'spool');
  let parser: Promise<Parser> | undefined;

  async function startParser(): Promise<Parser> {
    await mkdir(spool, { recursive: true });
    const { createParser } = await import('../parse/pool.js');
    return createParser({ attachmentDir: spool, maxBytes: options.maxMegabytes() * 1024 * 1024 });
  }

  async function parse(raw: RawMessage, account: ChannelAccount) {
    parser ??= startParser();
    const mail = await (await parser).parse(raw.path);
    for (const { sha256 } of mail.attachments) await app.files.adopt(join(spool, sha256), sha256);
    return readIncoming(mail, { account, ownAddresses: await ownAddresses() });
  }

  async function send(
    message: OutgoingMessage,
    { aboutToSend }: { aboutToSend(): Promise<void> },
  ): Promise<readonly DeliveryResult[]> {
    const sender = await senders.of(message.account);
    const { recipients, trouble } = await sender.send(composeReply(message), { beforeData: aboutToSend });
    if (trouble) app.log.warn({ accountId: message.account.id, trouble }, 'a mailbox cannot send');
    return recipients.map(({ address, state, code, text }) =>
      state === 'sent'
        ? { recipient: address, state }
        : { recipient: address, state, reason: text, ...(code === undefined ? {} : { code }) },
    );
  }

  return {
    id: 'email',
    title: 'email.channel',
    icon: 'mail',
    identityKind: 'email',
    beats: true,
    limits: { undoMs: 10_000, maxAttachmentBytes: 25 * 1024 * 1024, canCc: true },
    parse,
    freeze: (message) => freezeMail(app, message),
    send,
    async close() {
      senders.close();
      await (await parser)?.close();
      parser = undefined;
    },
  };
}
