import type { App } from '../database/app.js';
import { holdContact } from '../contacts/hold-contact.js';
import { change, type Change } from '../database/change.js';
import { errors } from '../errors/errors.js';
import type { Actor } from '../hooks/catalogue.js';
import { holdTicket } from './hold-ticket.js';
import type { TicketRecord } from './models/ticket.js';
import { saveTicket, type Patch } from './save-ticket.js';

/** What every change of a ticket's properties is given. */
export interface OnTicket {
  ticketId: number;
  /** The version that the page showed; an older one than now is refused with TICKET_CHANGED. */
  expectedVersion?: number;
  actor: Actor;
}

/**
 * The common shape of what changes a ticket: hold it, leave early, ask, change, announce, answer.
 * @param contactIds contacts that the change writes about: held before the ticket, as a merge holds them
 * @param patchFor what to write, from the ticket as it stands; null: there is nothing to do
 * @throws TICKET_UNKNOWN, TICKET_CHANGED
 */
export async function changeTicket(
  app: App,
  input: OnTicket,
  patchFor: (
    ticket: TicketRecord,
    step: Change,
  ) => Promise<{ patch: Patch; announce: () => void } | null> | { patch: Patch; announce: () => void } | null,
  { contactIds = [] }: { contactIds?: readonly number[] } = {},
): Promise<TicketRecord> {
  return change(app, async (step) => {
    await holdUnmerged(step, contactIds);
    const ticket = await holdTicket(step, input.ticketId);
    const wanted = await patchFor(ticket, step);
    if (!wanted) return ticket;
    const saved = await saveTicket(step, ticket, wanted.patch, expecting(input));
    wanted.announce();
    return saved;
  });
}

/** @throws TICKET_CHANGED when one of them was merged into another in the meantime */
async function holdUnmerged(step: Change, contactIds: readonly number[]): Promise<void> {
  for (const id of contactIds.toSorted((a, b) => a - b))
    if ((await holdContact(step, id)) !== id) throw errors.TICKET_CHANGED();
}

/** The same for one property. */
export async function changeField<F extends keyof Patch>(
  app: App,
  input: OnTicket,
  wanted: { field: F; value: TicketRecord[F]; announce: (step: Change, before: TicketRecord) => void },
): Promise<TicketRecord> {
  return changeTicket(app, input, (ticket, step) =>
    ticket[wanted.field] === wanted.value
      ? null
      : { patch: { [wanted.field]: wanted.value }, announce: () => wanted.announce(step, ticket) },
  );
}

const expecting = ({ expectedVersion }: OnTicket): { expectedVersion?: number } =>
  expectedVersion === undefined ? {} : { expectedVersion };
