import type { SendMailOptions } from 'nodemailer';
import type { FrozenMail } from './frozen-mail.js';

/** The same mail gives the same bytes each time: nothing is left for the library to make up. */
export function composeMail(mail: FrozenMail): SendMailOptions & { envelope: object } {
  return {
    // An empty sender has to reach the server as MAIL FROM:<>.
    envelope: { from: mail.envelopeFrom === '' ? false : mail.envelopeFrom, to: mail.recipients },
    messageId: mail.messageId,
    date: mail.date,
    from: mail.from,
    to: mail.to,
    cc: mail.cc,
    subject: mail.subject,
    text: mail.text,
    references: mail.references,
    headers: mail.headers,
    attachments: mail.attachments.map(({ filename, contentType, path, cid }) => ({
      filename,
      contentType,
      path,
      contentTransferEncoding: 'base64',
      ...(cid === undefined ? {} : { cid, contentDisposition: 'inline' }),
    })),
    boundaryPrefix: '=_',
    baseBoundary: mail.boundarySeed,
    disableUrlAccess: true,
    html: mail.html,
    inReplyTo: mail.inReplyTo,
    replyTo: mail.replyTo,
  };
}
