import { change, findTicket, transferTicket, type FollowTaps, type HostApp } from '@helpdesk/core';
import type { Knex } from 'knex';
import { endHandovers } from './end-handovers.js';
import { findWork, type Work } from './find-work.js';
import { openHandover } from './open-handover.js';
import { settleHandover } from './settle-handover.js';
import { readTiers, tierOf } from './tier.js';

const routing = { kind: 'plugin', id: 'routing' } as const;

/** What tiers do when something happens to a ticket by another way than theirs. */
export const followTickets = (app: HostApp): FollowTaps => ({
  'routing.handedOver': ({ handoverId, actor }) => settleHandover(app, handoverId, actor),
  'ticket.transferred': (moved) => noticeMove(app, moved),
  'ticket.solved': ({ ticketId }) => endAll(app, ticketId),
  'ticket.closed': ({ ticketId }) => endAll(app, ticketId),
});

type Moved = Parameters<NonNullable<FollowTaps['ticket.transferred']>>[0];

/** A team was chosen in the ticket itself: upwards is a hand-over that still wants its card, downwards ends those above. */
async function noticeMove(app: HostApp, { ticketId, from, to, actor }: Moved): Promise<void> {
  const [ticket, work, known] = await Promise.all([
    findTicket(app.db, ticketId),
    findWork(app.db, ticketId),
    readTiers(app.db),
  ]);
  if (ticket.teamId !== to || work?.teamId === to) return;
  const fromTier = work?.tier ?? tierOf(known, from);
  const toTier = tierOf(known, to);
  if (to !== null && toTier > fromTier) {
    const agentId = actor.kind === 'agent' ? Number(actor.id) : null;
    const where = { ticketId, fromTeamId: from, toTeamId: to, fromTier, toTier };
    await change(app, (step) =>
      openHandover(step, { ...where, agentId, workerId: null, card: null, isSettled: true, actor }),
    );
  } else if (work && to !== null && toTier === work.tier) await moveWork(app, work, to);
  else if (work) await endAbove(app, { ticketId, tier: toTier, agentId: null });
}

/** Another team of the same tier: the card goes with the ticket. */
async function moveWork(app: HostApp, { ticketId, handoverId }: Work, teamId: number): Promise<void> {
  await change(app, async ({ trx }) => {
    await trx('routing_handovers').where({ id: handoverId }).update({ toTeamId: teamId, workerId: null });
    await trx('routing_work').where({ ticketId, handoverId }).update({ teamId, workerId: null });
  });
}

async function endAbove(
  app: HostApp,
  { ticketId, tier, agentId }: { ticketId: number; tier: number; agentId: number | null },
): Promise<void> {
  const open: { id: number }[] = await app
    .db('routing_handovers')
    .where({ ticketId })
    .whereNull('endedAt')
    .where('toTier', '>', tier)
    .select('id');
  const ids = open.map(({ id }) => id);
  if (ids.length > 0) await change(app, (step) => endHandovers(step, { ticketId, ids, agentId }));
}

/** A ticket that is done is nobody's work: it lies where its owner is, should it come back. */
async function endAll(app: HostApp, ticketId: number): Promise<void> {
  const first = await firstOpen(app.db, ticketId);
  if (!first) return;
  await transferTicket(app, { ticketId, teamId: first.fromTeamId, actor: routing });
  await endAbove(app, { ticketId, tier: 1, agentId: null });
}

const firstOpen = (db: Knex, ticketId: number): Promise<{ fromTeamId: number | null } | undefined> =>
  db('routing_handovers').where({ ticketId }).whereNull('endedAt').orderBy('id').first('fromTeamId');
