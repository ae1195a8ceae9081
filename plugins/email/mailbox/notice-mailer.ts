import { randomBytes, randomUUID } from 'node:crypto';
import { listAccounts, sanitiseHtml, type ChannelAccount, type HostApp, type Job } from '@helpdesk/core';
import type { Mailer, NoticeMail } from '@helpdesk/core/contracts';
import { readMailboxConfig } from '../channel/mailbox-config.js';
import { createSenders } from '../channel/senders.js';
import { checkNoticeHeaders } from './notice-headers.js';

/** A notice with what must not change between two tries. */
export interface QueuedNotice extends NoticeMail {
  messageId: string;
  date: string;
  boundarySeed: string;
}

/** Notices go out by a job of their own, through the first mailbox that can send. */
export function createMailer(app: HostApp, notice: Job<QueuedNotice>): Mailer {
  return {
    ready: async () => (await firstSender(app)) !== undefined,
    async send(mail) {
      const headers = checkNoticeHeaders(mail.headers);
      await notice.now({
        ...mail,
        headers,
        messageId: `<n.${randomUUID()}@${new URL(app.company.url).hostname}>`,
        date: app.now().toISOString(),
        boundarySeed: randomBytes(12).toString('hex'),
      });
    },
  };
}

async function firstSender(app: HostApp): Promise<ChannelAccount | undefined> {
  const accounts = await listAccounts(app.db, { channel: 'email' });
  return accounts.find((account) => account.enabled && readMailboxConfig(account).smtp !== null);
}

/** @throws what makes the job try again: no mailbox that can send, a server that did not take it */
export async function sendNotice(app: HostApp, notice: QueuedNotice): Promise<void> {
  const account = await firstSender(app);
  if (!account) throw new Error('there is no mailbox that can send');
  const senders = createSenders(app);
  try {
    const sender = await senders.of(account);
    const { recipients } = await sender.send({
      // Submission servers refuse an empty sender from those who sign in; a bounce is recognised and answered by nobody.
      envelopeFrom: account.address,
      recipients: [notice.to],
      messageId: notice.messageId,
      date: new Date(notice.date),
      from: { name: app.company.name, address: account.address },
      to: [{ name: '', address: notice.to }],
      cc: [],
      references: [],
      subject: notice.subject,
      text: notice.text,
      ...(notice.html ? { html: sanitiseHtml(notice.html, { remoteImages: 'keep' }).html } : {}),
      boundarySeed: notice.boundarySeed,
      attachments: [],
      // RFC 3834: nobody's machine shall answer this.
      headers: {
        ...checkNoticeHeaders(notice.headers),
        'Auto-Submitted': 'auto-generated',
        'X-Auto-Response-Suppress': 'All',
      },
    });
    const [result] = recipients;
    if (result?.state === 'retry') throw new Error(result.text);
    if (result?.state !== 'sent') app.log.warn({ to: notice.to, result }, 'a notice was not delivered');
  } finally {
    senders.close();
  }
}
