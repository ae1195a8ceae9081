import { initialsOf, type AgentNames } from '@helpdesk/core';

export interface Person {
  readonly id: number;
  readonly name: string;
  readonly initials: string;
  readonly me?: boolean;
}

/** Somebody of the team, with whether it is the reader. */
export function presentAgent(names: AgentNames, agentId: number, me: number): Person {
  const known = names.get(agentId);
  const name = known?.name ?? '—';
  return { id: agentId, name, initials: known?.initials ?? '—', ...(agentId === me ? { me: true } : {}) };
}

export const presentCustomer = (id: number, name: string): Person => ({
  id,
  name,
  initials: initialsOf(name),
});
