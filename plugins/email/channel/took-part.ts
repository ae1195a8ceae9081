import { normaliseIdentity, type Participant, type Participants } from '@helpdesk/core';

/**
 * Whether everybody who gets an answer had the letter that it quotes: its writer and whom it was sent to. An address that
 * cannot be compared had not.
 */
export function tookPart(
  recipients: readonly Participant[],
  { from, to = [], cc = [] }: Participants,
): boolean {
  const had = new Set([...(from ? [from] : []), ...to, ...cc].map(keyOf));
  return (
    recipients.length > 0 &&
    recipients.every((recipient) => {
      const key = keyOf(recipient);
      return key !== undefined && had.has(key);
    })
  );
}

const keyOf = ({ value }: Participant) => normaliseIdentity('email', value);
