import {
  agentNames,
  can,
  findTicket,
  listTeams,
  type HostApp,
  type TicketRecord,
  type Viewer,
} from '@helpdesk/core';
import { findWork, type Work } from './find-work.js';
import { readTiers, tierOf } from './tier.js';

type At = { ticketId: number; viewer: Viewer | null };

/** On top of a ticket: who works on it, and the three lines. Nothing while its owner does. */
export async function loadCard(app: HostApp, { ticketId, viewer }: At) {
  const work = await findWork(app.db, ticketId);
  if (!work || !viewer) return undefined;
  return presentWork(app, { work, viewer, ticket: await findTicket(app.db, ticketId) });
}

/** Beside a ticket: the card, taking and giving back; or the way to a higher tier, where there is one. */
export async function loadWork(app: HostApp, { ticketId, viewer }: At) {
  if (!viewer) return undefined;
  const [ticket, work, known] = await Promise.all([
    findTicket(app.db, ticketId),
    findWork(app.db, ticketId),
    readTiers(app.db),
  ]);
  const isOpen = ticket.bucket !== 'done';
  const here = work?.tier ?? tierOf(known, ticket.teamId);
  const isHighest = ![...known.values()].some((tier) => tier > here);
  const canEdit = can(viewer, 'tickets.edit');
  const handOverUrl =
    isOpen && canEdit && !isHighest ? `/desk/routing/tickets/${ticketId}/hand-over` : undefined;
  if (!work) return handOverUrl === undefined ? undefined : { handOverUrl };
  return { ...(await presentWork(app, { work, viewer, ticket })), handOverUrl };
}

export async function presentWork(
  app: HostApp,
  { work, viewer, ticket }: { work: Work; viewer: Viewer; ticket: TicketRecord },
) {
  const [names, teams] = await Promise.all([
    agentNames(app.db),
    listTeams(app.db, { includeArchived: true }),
  ]);
  const nameOf = (id: number | null) => (id === null ? undefined : (names.get(id)?.name ?? `#${id}`));
  const team = teams.find(({ id }) => id === work.teamId);
  const isMember = team?.agentIds.includes(viewer.agentId) ?? false;
  const isOwner = ticket.assigneeId === viewer.agentId;
  const canEdit = can(viewer, 'tickets.edit');
  const base = `/desk/routing/tickets/${work.ticketId}`;
  return {
    handoverId: work.handoverId,
    tier: work.tier,
    team: team?.name ?? '',
    owner: nameOf(ticket.assigneeId),
    worker: nameOf(work.workerId),
    workerId: work.workerId ?? '',
    since: work.since,
    card: work.card ? { ...work.card, by: nameOf(work.card.by) } : undefined,
    cardUrl: work.card === null && canEdit ? `${base}/card` : undefined,
    takeUrl: canEdit && isMember && work.workerId !== viewer.agentId ? `${base}/take` : undefined,
    backUrl:
      canEdit && (isMember || isOwner || can(viewer, 'tickets.assign')) ? `${base}/give-back` : undefined,
    isOwner,
    // The card lies open before those who are to work by it.
    isForMe: isMember && !isOwner,
  };
}
