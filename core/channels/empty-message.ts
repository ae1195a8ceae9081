import type { RawMessage } from './channel.js';
import type { IncomingMessage } from './incoming-message.js';

/** A message that says nothing: a channel fills in what its provider tells. */
export const emptyMessage = {
  externalId: null,
  inReplyTo: null,
  references: [],
  writtenAt: null,
  from: null,
  to: [],
  cc: [],
  subject: null,
  text: '',
  quote: '',
  html: null,
  htmlVersion: null,
  attachments: [],
  auto: null,
  bounce: null,
  flags: [],
  problem: null,
  language: null,
} as const satisfies Omit<IncomingMessage, 'fingerprint'>;

/** What a channel makes of bytes that it cannot understand: the journal keeps them parked for people. */
export const unreadableMessage = ({ sha256 }: Pick<RawMessage, 'sha256'>): IncomingMessage => ({
  ...emptyMessage,
  fingerprint: sha256,
  problem: 'unreadable',
});
