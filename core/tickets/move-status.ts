import type { App } from '../database/app.js';
import { errors } from '../errors/errors.js';
import { changeTicket, type OnTicket } from './change-field.js';
import { isOurMove, type StatusCategory } from './models/status.js';
import type { TicketRecord } from './models/ticket.js';

export interface MoveStatus extends OnTicket {
  /** A status of the company's own in the wanted category; without it the built-in one. */
  status?: string;
}

type StatusEvent = 'ticket.waiting' | 'ticket.reopened' | 'ticket.solved' | 'ticket.closed';

/** The common part of waiting, reopening, solving and closing: the guards were asked before. */
export async function moveStatus(
  app: App,
  input: MoveStatus,
  { category, event }: { category: StatusCategory; event: StatusEvent },
): Promise<TicketRecord> {
  const { ticketId, actor, status = category } = input;
  if (input.status) await checkStatus(app, input.status, category);
  return changeTicket(app, input, (ticket, step) => {
    if (ticket.status === status) return null;
    const { contactId, category: from } = ticket;
    return {
      patch: { status, category, ...timesOf(ticket, category, step.at) },
      announce: () => step.announce(event, { ticketId, contactId, from, to: category, status, actor }),
    };
  });
}

async function checkStatus(app: App, key: string, category: StatusCategory): Promise<void> {
  const known: unknown = await app.db('statuses').where({ key, category }).first();
  if (!known) throw errors.INPUT_INVALID({ because: `there is no status "${key}" of this kind` });
}

/** The times that go with a category; solved and closed ones are no longer snoozed. */
export function timesOf(ticket: TicketRecord, category: StatusCategory, at: string) {
  const waitingSince = isOurMove(category) ? (ticket.waitingSince ?? at) : null;
  if (category === 'solved') return { waitingSince, solvedAt: at, closedAt: null, snoozedUntil: null };
  if (category === 'closed')
    return { waitingSince, solvedAt: ticket.solvedAt ?? at, closedAt: at, snoozedUntil: null };
  return { waitingSince, solvedAt: null, closedAt: null };
}
