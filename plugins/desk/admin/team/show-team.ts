import {
  initialsOf,
  listAgents,
  listRoles,
  type AgentRecord,
  type DeskContext,
  type RoleRecord,
} from '@helpdesk/core';
import { asStored, type FormState } from '../form-fields.js';
import { renderSettings } from '../render-settings.js';
import { roleName } from '../roles/role-name.js';
import { presentAgentForm } from './agent-fields.js';

/** Everybody on the team, and the form that invites one more. */
export async function showTeam(ctx: DeskContext, state?: FormState): Promise<void> {
  const [agents, roles, form] = await Promise.all([
    listAgents(ctx.db, { includeDisabled: true }),
    listRoles(ctx.db),
    presentAgentForm(ctx, state ?? asStored({ role: 'agent', sees: 'all' })),
  ]);
  const hasErrors = form.errors.length > 0;
  const rows = agents.map((agent) => presentRow(ctx, agent, roles));
  const page = { view: 'team', status: hasErrors ? 422 : 200 };
  await renderSettings(ctx, page, { rows, form, isOpen: hasErrors });
}

function presentRow(ctx: DeskContext, agent: AgentRecord, roles: readonly RoleRecord[]) {
  const { id, name, email, isInvited, disabledAt, lastSeenAt } = agent;
  const role = roles.find(({ key }) => key === agent.role) ?? { key: agent.role, name: agent.role };
  return {
    href: `/desk/settings/team/${id}`,
    person: { name, initials: initialsOf(name), me: id === ctx.agent.id },
    name,
    email,
    role: roleName(ctx, role),
    isDisabled: disabledAt !== null,
    isInvited: isInvited && disabledAt === null,
    lastSeenAt,
  };
}
