import { z } from 'zod';
import type { ChannelAccount, ChannelApp, OutgoingMessage } from '../channel.js';
import { findMessage } from '../../tickets/queries/find-message.js';
import { findTicket } from '../../tickets/queries/find-ticket.js';
import type { AttachmentRecord } from '../../tickets/models/attachment.js';

const Buttons = z.array(z.string()).default([]);
const Template = z.object({ key: z.string(), language: z.string(), values: z.array(z.string()) });

/** Everything a channel needs to send a message, read afresh. */
export async function composeOutgoing(
  app: ChannelApp,
  {
    messageId,
    account,
    recipients,
  }: { messageId: number; account: ChannelAccount; recipients: readonly string[] },
): Promise<OutgoingMessage> {
  const message = await findMessage(app.db, messageId);
  const ticket = await findTicket(app.db, message.ticketId);
  const frozen = message.frozen ?? {};
  const attachments = (await app.db('attachments').where({ messageId }).orderBy('id')) as AttachmentRecord[];
  return {
    messageId,
    ticketId: ticket.id,
    ticketNumber: ticket.number,
    account,
    subject: ticket.subject,
    text: message.text,
    to: message.participants.to ?? [],
    cc: message.participants.cc ?? [],
    recipients,
    attachments: attachments.map((attachment) => ({
      ...attachment,
      path: app.files.path(attachment.sha256),
    })),
    externalId: message.externalId,
    buttons: Buttons.catch([]).parse(frozen['buttons']),
    template: Template.nullable().catch(null).parse(frozen['template']),
    frozen,
  };
}
