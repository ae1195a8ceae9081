import type { TicketRecord } from '@helpdesk/core';
import type { Inviter } from './inviter.js';

/** To whom a ticket belongs at the moment of asking: reports do not change when people move. */
export async function readFacts({ app, services }: Pick<Inviter, 'app' | 'services'>, ticket: TicketRecord) {
  const [found, hat] = await Promise.all([
    services.segments?.segmentsOfTickets([ticket.id]),
    ticket.membershipId === null
      ? undefined
      : (app.db('memberships').where({ id: ticket.membershipId }).first('role') as Promise<
          { role: string } | undefined
        >),
  ]);
  return {
    lineId: ticket.lineId,
    teamId: ticket.teamId,
    agentId: ticket.assigneeId,
    hat: hat?.role ?? null,
    segmentId: found?.get(ticket.id)?.id ?? null,
    month: monthOf(app.now(), app.company.timeZone),
  };
}

/** "2026-03", by the clock of the company. */
function monthOf(at: Date, timeZone: string): string {
  const parts = { year: 'numeric', month: '2-digit', timeZone } as const;
  return new Intl.DateTimeFormat('en-CA', parts).format(at);
}
