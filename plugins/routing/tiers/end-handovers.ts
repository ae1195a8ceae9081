import type { Change } from '@helpdesk/core';

/** Ends hand-overs that are under way; the one below them counts again. @returns false when they had ended before */
export async function endHandovers(
  { trx, at }: Change,
  { ticketId, ids, agentId }: { ticketId: number; ids: readonly number[]; agentId: number | null },
): Promise<boolean> {
  const ended = await trx('routing_handovers')
    .where({ ticketId })
    .whereIn('id', [...ids])
    .whereNull('endedAt')
    .update({ endedAt: at, endedBy: agentId });
  if (ended === 0) return false;
  const below: { id: number; toTeamId: number; toTier: number; workerId: number | null } | undefined =
    await trx('routing_handovers')
      .where({ ticketId })
      .whereNull('endedAt')
      .orderBy('id', 'desc')
      .first('id', 'toTeamId', 'toTier', 'workerId');
  if (!below) await trx('routing_work').where({ ticketId }).delete();
  else
    await trx('routing_work').where({ ticketId }).update({
      handoverId: below.id,
      teamId: below.toTeamId,
      tier: below.toTier,
      workerId: below.workerId,
      since: at,
    });
  return true;
}
