import { change, errors, noteOnTicket, transferTicket, type Actor, type HostApp } from '@helpdesk/core';
import { endHandovers } from './end-handovers.js';
import './tier-hooks.js';

export interface GiveBack {
  ticketId: number;
  /** The hand-over that the page showed; another one by now is a refusal. */
  handoverId: number;
  /** What was found, as a note; may be empty. */
  text: string;
  agentId: number;
  actor: Actor;
}

/**
 * Gives a ticket back to where it was handed over from. The owner has had it all the time.
 * @returns false when it was given back or handed on in the meantime; @throws NOT_FOUND
 */
export async function giveBack(app: HostApp, input: GiveBack): Promise<boolean> {
  const { ticketId, handoverId, text, agentId, actor } = input;
  const handover: { fromTeamId: number | null } | undefined = await app
    .db('routing_handovers')
    .where({ id: handoverId, ticketId })
    .first('fromTeamId');
  if (!handover) throw errors.NOT_FOUND();
  // Before the rest: what was found must not be lost with a step that failed.
  if (text.trim() !== '')
    await noteOnTicket(app, {
      ticketId,
      agentId,
      text,
      idempotencyKey: `routing.back:${handoverId}:${agentId}`,
      actor,
    });
  const toTeamId = handover.fromTeamId;
  const isBack = await change(app, async (step) => {
    const isEnded = await endHandovers(step, { ticketId, ids: [handoverId], agentId });
    if (isEnded) step.announce('routing.givenBack', { ticketId, handoverId, toTeamId, actor });
    return isEnded;
  });
  if (isBack) await transferTicket(app, { ticketId, teamId: toTeamId, actor });
  return isBack;
}
