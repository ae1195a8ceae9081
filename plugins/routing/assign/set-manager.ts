import { change, findAgent, type Actor, type App } from '@helpdesk/core';
import './assign-hooks.js';

export type SetManager = {
  /** Null: none of their own. */
  agentId: number | null;
  actor: Actor;
} & ({ contactId: number } | { organizationId: number });

/** Gives a contact or an organization an account manager of their own. @throws AGENT_UNKNOWN */
export async function setManager(app: App, { agentId, actor, ...of }: SetManager): Promise<void> {
  if (agentId !== null) await findAgent(app.db, agentId);
  const column = 'contactId' in of ? 'contactId' : 'organizationId';
  await change(app, async ({ trx, at, announce }) => {
    if (agentId === null) await trx('routing_managers').where(of).delete();
    else
      await trx('routing_managers')
        .insert({ ...of, agentId, since: at })
        .onConflict(column)
        .merge({ agentId, since: at });
    announce('routing.managerChanged', { ...of, agentId, actor });
  });
}
