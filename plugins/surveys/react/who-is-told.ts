import { listAgents, type AgentRecord, type HostApp, type TicketRecord } from '@helpdesk/core';

/**
 * Who hears of a bad answer: the ticket's owner, and the supervisors of its team; without any, all who see its line; without
 * them the owners of the desk.
 */
export async function whoIsTold(
  app: HostApp,
  ticket: Pick<TicketRecord, 'assigneeId' | 'teamId' | 'lineId'>,
): Promise<number[]> {
  const agents = await listAgents(app.db);
  // Whoever may not see the ticket is told nothing of it.
  const supervisors = agents.filter((agent) => agent.role === 'supervisor' && seesLine(agent, ticket.lineId));
  const { teamId } = ticket;
  const ofTeam = supervisors.filter(({ teamIds }) => teamId !== null && teamIds.includes(teamId));
  const leads = [ofTeam, supervisors, agents.filter(({ role }) => role === 'owner')].find(
    (some) => some.length > 0,
  );
  const owner = agents.filter(({ id }) => id === ticket.assigneeId);
  return [...new Set([...owner, ...(leads ?? [])].map(({ id }) => id))];
}

const seesLine = ({ sees, lineIds }: AgentRecord, lineId: number | null): boolean =>
  sees === 'all' || (lineId !== null && lineIds.includes(lineId));
