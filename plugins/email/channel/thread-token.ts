import type { Keys } from '@helpdesk/core';

const PURPOSE = 'mail-thread';
const shape = /^t\.(\d{1,15})\.(\d{1,15})\.([0-9a-f]{32})$/;

/** Names a ticket and one of our messages in it, signed with 128 bits, so that nobody can make one up. */
export function makeThreadToken(
  keys: Keys,
  { ticketId, messageId }: { ticketId: number; messageId: number },
): string {
  return `t.${ticketId}.${messageId}.${macOf(keys, ticketId, messageId)}`;
}

/** @returns undefined unless length, form and signature are exactly right; the comparison takes constant time */
export function readThreadToken(
  keys: Keys,
  token: string,
): { ticketId: number; messageId: number } | undefined {
  const [, ticket, message, mac] = shape.exec(token) ?? [];
  if (!ticket || !message || !mac) return undefined;
  const ticketId = Number(ticket);
  const messageId = Number(message);
  const signature = Buffer.from(mac, 'hex').toString('base64url');
  if (!keys.verify(PURPOSE, `${ticketId}.${messageId}`, signature)) return undefined;
  return String(ticketId) === ticket && String(messageId) === message ? { ticketId, messageId } : undefined;
}

// Hex, since some programs fold the case of message ids and of local parts.
function macOf(keys: Keys, ticketId: number, messageId: number): string {
  return Buffer.from(keys.sign(PURPOSE, `${ticketId}.${messageId}`), 'base64url').toString('hex');
}

/** The token in a message id of ours: `<t.12.34.…@domain>`. */
export function tokenOfMessageId(id: string): string | undefined {
  return /^<(t\.[^@<>\s]{1,80})@[^@<>\s]{1,255}>$/.exec(id)?.[1];
}

/** The token behind a plus: `support+t.12.34.…@domain`. */
export function tokenOfAddress(address: string): string | undefined {
  return /^[^@\s]{1,64}?\+(t\.[^@+\s]{1,80})@[^@\s]{1,255}$/.exec(address)?.[1];
}

const ANYWHERE = /(?:\+|%2b)?t(?:\.|%2e)\d{1,15}(?:\.|%2e)\d{1,15}(?:\.|%2e)[0-9a-f]{32}/gi;

/** The same text without tokens, for what is shown to others. */
export function hideThreadTokens(text: string): string {
  return text.replaceAll(ANYWHERE, '');
}
