import { follow } from '../jobs/follow.js';
import type { FollowerDefinition } from '../jobs/follower-types.js';
import type { Logged } from '../jobs/logged-event.js';
import {
  isComplaint,
  isReopenedOften,
  isUrgent,
  markForPrivateCase,
  reviewOpenCases,
  reviewPrivateCase,
  wasDone,
  type BadCase,
} from '../tickets/mark-for-private-case.js';
import type { HostApp } from './host-app.js';

/** What core derives from its own log, from the beginning of the history. */
export function coreFollowers(app: HostApp): FollowerDefinition[] {
  return [marks(app)];
}

/** A bad private case of a director marks the organization. */
function marks(app: HostApp): FollowerDefinition {
  const bad = (ticketId: number, at: Date, ...reasons: BadCase[]) =>
    markForPrivateCase(app, { ticketId, at: at.toISOString(), reasons });
  const review = (ticketId: number, { at, eventId }: Logged) =>
    reviewPrivateCase(app, { ticketId, at: at.toISOString(), upTo: eventId });
  const reviewOpen = (contactId: number, { at, eventId }: Logged) =>
    reviewOpenCases(app, { contactId, at: at.toISOString(), upTo: eventId });
  return follow(
    {
      'ticket.opened': ({ ticketId, type, priority }, { at }) =>
        bad(ticketId, at, ...complaint(type), ...urgent(priority)),
      'ticket.typed': ({ ticketId, to }, { at }) => bad(ticketId, at, ...complaint(to)),
      'ticket.prioritised': ({ ticketId, to }, { at }) => bad(ticketId, at, ...urgent(to)),
      'ticket.reopened': async ({ ticketId, from }, { at, eventId }) => {
        if (wasDone(from) && (await isReopenedOften(app, { ticketId, upTo: eventId })))
          await bad(ticketId, at, 'reopened');
      },
      'ticket.hatChanged': ({ ticketId }, logged) => review(ticketId, logged),
      'ticket.contactChanged': ({ ticketId }, logged) => review(ticketId, logged),
      'membership.added': ({ contactId }, logged) => reviewOpen(contactId, logged),
      'membership.changed': ({ contactId }, logged) => reviewOpen(contactId, logged),
      'contact.merged': ({ contactId }, logged) => reviewOpen(contactId, logged),
    },
    { name: 'core.marks', from: 'beginning' },
  );
}

const complaint = (type: string | null): BadCase[] => (isComplaint(type) ? ['complaint'] : []);
const urgent = (priority: number): BadCase[] => (isUrgent(priority) ? ['urgent'] : []);
