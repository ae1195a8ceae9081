import { isDone, isOurMove, type StatusCategory } from './models/status.js';
import type { Bucket } from './models/ticket.js';

/** After everything that has a time. Sorts last as text and as a timestamp. */
export const NEVER = '9999-12-31T00:00:00.000Z';

interface Placed {
  readonly category: StatusCategory;
  readonly snoozedUntil: string | null;
  readonly dueAt: string | null;
  readonly waitingSince: string | null;
}

/** Where a ticket is listed, and its place in the work plan: due time, else how long the customer waits. */
export function placeTicket(ticket: Placed): { bucket: Bucket; attentionAt: string } {
  const bucket = isDone(ticket.category) ? 'done' : ticket.snoozedUntil ? 'snoozed' : 'open';
  const since = isOurMove(ticket.category) ? ticket.waitingSince : null;
  return { bucket, attentionAt: ticket.dueAt ?? since ?? NEVER };
}
