import { change, errors, type Actor, type App, type Outcome } from '@helpdesk/core';
import './tier-hooks.js';

/**
 * Says who of the team works on a ticket that was handed over.
 * @param input.from who worked on it when the page was shown, null for nobody; somebody else by now is a refusal
 * @throws NOT_FOUND when nobody above the owner works on it
 */
export async function takeWork(
  app: App,
  {
    ticketId,
    agentId,
    from,
    actor,
  }: { ticketId: number; agentId: number; from: number | null; actor: Actor },
): Promise<Outcome> {
  return change(app, async ({ trx, announce }): Promise<Outcome> => {
    const work: { handoverId: number; teamId: number } | undefined = await trx('routing_work')
      .where({ ticketId })
      .first('handoverId', 'teamId');
    if (!work) throw errors.NOT_FOUND();
    const isMember: unknown = await trx('agent_teams')
      .where({ agentId, teamId: work.teamId })
      .first('agentId');
    if (!isMember) return { ok: false, because: 'routing.tiers.problem.notMember' };
    const written = await trx('routing_work')
      .where({ ticketId, handoverId: work.handoverId })
      .where((was) => (from === null ? was.whereNull('workerId') : was.where('workerId', from)))
      .update({ workerId: agentId });
    if (written === 0) return { ok: false, because: 'routing.tiers.problem.taken' };
    await trx('routing_handovers').where({ id: work.handoverId }).update({ workerId: agentId });
    announce('routing.workTaken', { ticketId, handoverId: work.handoverId, agentId, actor });
    return { ok: true };
  });
}
