import {
  newToken,
  receiveMessage,
  type HostApp,
  type NewAttachment,
  type Participant,
  type ReceiveMessage,
  type ReceiveOutcome,
} from '@helpdesk/core';

/** The channel under which everything that is written on these pages stands. */
export const CHANNEL = 'portal';

export interface TakeIn {
  /** The mailbox that answers leave by. */
  readonly account: { readonly id: number; readonly lineId: number };
  readonly from: ReceiveMessage['from'];
  readonly sender: Participant;
  readonly ticketId: number | null;
  readonly followUpOf?: number | null;
  readonly subject: string | null;
  readonly text: string;
  readonly attachments: readonly NewAttachment[];
  readonly membership?: ReceiveMessage['membership'];
  readonly flags?: readonly string[];
  readonly language: string;
  /** Of the form: the same one twice is one message. */
  readonly once: string | undefined;
}

/** Takes in what was written on a page, as a letter of the same person to that mailbox would be. */
export function takeIn(app: HostApp, input: TakeIn): Promise<ReceiveOutcome> {
  const { account, from, sender, ticketId, followUpOf, subject, text, attachments, membership } = input;
  const writer = 'contactId' in from ? `c${from.contactId}` : sender.value;
  return receiveMessage(app, {
    account: { id: account.id, channel: CHANNEL, lineId: account.lineId },
    from,
    ticketId,
    followUpOf: followUpOf ?? null,
    message: {
      externalId: null,
      fingerprint: `${CHANNEL}:${writer}:${input.once || newToken().token}`,
      writtenAt: null,
      subject,
      text,
      quote: '',
      html: null,
      htmlVersion: null,
      participants: { from: sender },
      attachments,
      auto: null,
      flags: input.flags ?? [],
      language: input.language,
    },
    membership: membership ?? null,
    evidence: [],
  });
}
