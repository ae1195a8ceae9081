import {
  agentNames,
  listAgents,
  listStatuses,
  listTicketTypes,
  type AgentNames,
  type AgentRecord,
  type ContactRoleRecord,
  type HostApp,
  type LineRecord,
  type StatusRecord,
  type TeamRecord,
  type TicketTypeRecord,
} from '@helpdesk/core';
import { contactRolesOf } from '../contacts/role-names.js';
import { linesOf, teamsOf } from '../inbox/nav-views.js';
import { remember } from '../inbox/remember.js';

/** What every ticket page needs and hardly anybody changes. */
export interface CompanyLists {
  readonly names: AgentNames;
  readonly agents: readonly AgentRecord[];
  readonly lines: readonly LineRecord[];
  readonly teams: readonly TeamRecord[];
  readonly statuses: readonly StatusRecord[];
  readonly types: readonly TicketTypeRecord[];
  readonly contactRoles: readonly ContactRoleRecord[];
}

export async function companyLists(app: HostApp): Promise<CompanyLists> {
  const [names, agents, lines, teams, statuses, types, contactRoles] = await Promise.all([
    agentNames(app.db),
    remember(app, 'agents', () => listAgents(app.db)),
    linesOf(app),
    teamsOf(app),
    remember(app, 'statuses', () => listStatuses(app.db)),
    remember(app, 'types', () => listTicketTypes(app.db)),
    contactRolesOf(app),
  ]);
  return { names, agents, lines, teams, statuses, types, contactRoles };
}
