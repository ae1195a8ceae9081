import type { Channel } from '@helpdesk/core';
import { CHANNEL } from './take-in.js';

/**
 * Its name and look wherever channels are shown, chosen and counted. It has no accounts, so nothing is sent by it:
 * answers to what was written here leave by the line's mailbox, and are read here.
 */
export const portalChannel: Channel = {
  id: CHANNEL,
  title: 'portal.channel',
  icon: 'portal',
  identityKind: 'email',
  sendsNothing: true,
  limits: { undoMs: 0, maxAttachmentBytes: 25 * 1024 * 1024, canCc: false },
  parse: () => Promise.reject(new Error('what is written on the pages comes in without the journal')),
  freeze: () => ({ externalId: null }),
  send: ({ recipients }) =>
    Promise.resolve(
      recipients.map((recipient) => ({
        recipient,
        state: 'failed' as const,
        reason: 'not sent by the portal',
      })),
    ),
};
