import { findTicket, refuse, type Given, type HostApp, type Refusal } from '@helpdesk/core';
import { readAssignSettings } from '../assign/assign-settings.js';
import { listPeople } from '../assign/list-people.js';
import { findWork } from './find-work.js';

/**
 * The customer hears from one: while a higher tier works on a ticket, its owner answers. Who stands in for an owner that is away may;
 * when nobody does, everybody may.
 */
export async function guardAnswer(
  app: HostApp,
  { ticketId, actor }: Given<'message.sending'>,
): Promise<Refusal | void> {
  if (actor.kind !== 'agent' || !readAssignSettings(app).ownerAnswers) return;
  const work = await findWork(app.db, ticketId);
  if (!work) return;
  const { assigneeId } = await findTicket(app.db, ticketId);
  if (assigneeId === null || assigneeId === Number(actor.id)) return;
  const people = await listPeople(app);
  const owner = people.find(({ agentId }) => agentId === assigneeId);
  if (!owner) return;
  const deputy = people.find(({ agentId }) => agentId === owner.deputyId);
  const isCovered = deputy !== undefined && deputy.away === null;
  if (owner.away && (!isCovered || deputy.agentId === Number(actor.id))) return;
  return refuse('routing.tiers.refusal.ownerAnswers');
}
