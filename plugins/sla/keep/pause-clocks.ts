import { change, findTicket, type Actor, type App } from '@helpdesk/core';
import '../rules/sla-hooks.js';

interface OnTicket {
  ticketId: number;
  actor: Actor;
}

/** Stops the clocks of a ticket; a second stop changes the reason. @param reason words, one line @throws TICKET_UNKNOWN */
export async function pauseClocks(
  app: App,
  { ticketId, reason, actor }: OnTicket & { reason: string },
): Promise<void> {
  await findTicket(app.db, ticketId);
  await change(app, async ({ trx, announce }) => {
    const [row] = await trx('sla_pauses').insert({ ticketId, reason }).returning<{ id: number }[]>('id');
    announce('sla.paused', { ticketId, pauseId: Number(row?.id), actor });
  });
}

/** Lets them go on. @throws TICKET_UNKNOWN */
export async function resumeClocks(app: App, { ticketId, actor }: OnTicket): Promise<void> {
  await findTicket(app.db, ticketId);
  await change(app, async ({ announce }) => announce('sla.resumed', { ticketId, actor }));
}
