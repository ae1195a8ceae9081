import { pickHat, type PickedHat } from '../tickets/pick-hat.js';
import { isDone } from '../tickets/models/status.js';
import { HAT_CASES } from '../tickets/queries/guess-hat.js';
import type { KnownContact, KnownTicket } from './desk-memory.js';

/**
 * The same answer as `guessHat`, without asking the database. An import knows no lines with an audience, no labels, and
 * leaves open cases of colleagues out: they are met in the order of the history, not all at once.
 */
export function guessHatFromMemory(
  contact: KnownContact,
  asked: { lineId: number; address: string; channel: string; subject: string | null; at: string },
): PickedHat | null {
  const { lineId, address, channel, subject, at } = asked;
  const hats = contact.hats
    .filter(({ validFrom, validTo }) => validFrom <= at && (validTo === null || validTo > at))
    .map((hat) => ({ ...hat, organization: null }));
  const organizations = new Map(contact.hats.map(({ id, organizationId }) => [id, organizationId]));
  const cases = contact.tickets
    .map(({ now }) => now)
    .toSorted(newestFirst)
    .slice(0, HAT_CASES)
    .map((ticket) => ({
      number: ticket.number,
      subject: ticket.subject,
      channel: ticket.channel,
      lineId: ticket.lineId,
      isOpen: !isDone(ticket.category),
      membershipId: ticket.membershipId,
      organizationId: organizations.get(ticket.membershipId ?? 0) ?? null,
      isOwn: true,
    }));
  return pickHat({
    hats,
    identifier: { value: address, label: null, membershipId: null },
    line: { id: lineId, name: '', audience: null },
    channel,
    subject,
    cases,
  });
}

type Ticket = KnownTicket['now'];
const newestFirst = (a: Ticket, b: Ticket) =>
  a.lastMessageAt === b.lastMessageAt ? b.id - a.id : a.lastMessageAt < b.lastMessageAt ? 1 : -1;
