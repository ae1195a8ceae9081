import {
  normaliseIdentity,
  type ChannelAccount,
  type IncomingMessage,
  type Participant,
} from '@helpdesk/core';
import type { MailAddress, ParsedMail } from '../parse/parsed-mail.js';

/** What a parsed mail is to core. `ownAddresses` are those of all our mailboxes, normalised. */
export function readIncoming(
  mail: ParsedMail,
  { account, ownAddresses }: { account: ChannelAccount; ownAddresses: ReadonlySet<string> },
): IncomingMessage {
  const { from, flags } = chooseSender(mail, ownAddresses);
  return {
    externalId: mail.messageId,
    inReplyTo: mail.inReplyTo,
    references: mail.references,
    writtenAt: mail.date,
    from,
    to: participants(mail.to),
    cc: participants(mail.cc),
    subject: mail.subject || null,
    text: mail.reply || mail.text,
    quote: mail.reply ? mail.quote : '',
    html: mail.html || null,
    htmlVersion: mail.html ? mail.sanitiserVersion : null,
    attachments: mail.attachments,
    fingerprint: mail.fingerprint,
    auto: mail.auto ?? (mail.list ? 'list' : null),
    bounce: mail.bounce && {
      recipients: mail.bounce.recipients.map(({ address, action, status, diagnostic }) => ({
        address,
        permanent: action === 'failed' && !status.startsWith('4'),
        reason: [status, diagnostic].filter(Boolean).join(' ') || action,
      })),
      originalExternalId: mail.bounce.originalMessageId,
    },
    flags: [
      ...flags,
      ...mail.suspicious,
      ...(mail.auto === null && hasNoReturnPath(mail) ? ['no-return-path'] : []),
      ...(mail.truncated ? ['truncated'] : []),
    ],
    problem: mail.problem,
    language: null,
  };

  function participants(list: readonly MailAddress[]): Participant[] {
    return list.filter(({ address }) => address !== '' && address !== account.address).map(toParticipant);
  }
}

/** Whoever sent it wants nothing back: people behind some groups do that, too, but no machine must answer (RFC 3834, 2). */
const hasNoReturnPath = ({ headers }: ParsedMail): boolean =>
  (headers['return-path'] ?? []).some((value) => /^<\s*>$/.test(value.trim()));

const toParticipant = ({ name, address }: MailAddress): Participant => ({
  name,
  kind: 'email',
  value: address,
});

/**
 * Who wrote. Reply-To is chosen by the sender, so it counts only where From is one of our own addresses: a form on the
 * company's site that writes to us in our name. The same for the original author behind a forwarding group of ours.
 */
function chooseSender(
  mail: ParsedMail,
  ownAddresses: ReadonlySet<string>,
): { from: Participant | null; flags: string[] } {
  const { from, replyTo, originalSender } = mail;
  if (!from || from.address === '') return { from: null, flags: [] };
  if (!isOwn(from.address, ownAddresses)) return { from: toParticipant(from), flags: [] };
  const behind = replyTo.find(({ address }) => address !== '' && !isOwn(address, ownAddresses));
  if (behind) return { from: toParticipant(behind), flags: ['reply-to'] };
  if (originalSender && !isOwn(originalSender, ownAddresses))
    return { from: { name: from.name, kind: 'email', value: originalSender }, flags: ['original-sender'] };
  return { from: toParticipant(from), flags: ['from-own-address'] };
}

function isOwn(address: string, ownAddresses: ReadonlySet<string>): boolean {
  const normalised = normaliseIdentity('email', address);
  return normalised !== undefined && ownAddresses.has(normalised);
}
