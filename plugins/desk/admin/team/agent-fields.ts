import { listLines, listRoles, listTeams, many, type DeskContext } from '@helpdesk/core';
import { z } from 'zod';
import { presentForm, type FormState, type PresentedForm } from '../form-fields.js';
import { roleName } from '../roles/role-name.js';

/** Bounds only: what is right is said by the action, so that everything typed is there to be shown again. */
export const agentSchema = z.object({
  email: z.string().max(400).default(''),
  name: z.string().max(400).default(''),
  role: z.string().max(100).default(''),
  sees: z.enum(['all', 'lines']).catch('all'),
  teams: many(z.string().max(20)),
  lines: many(z.string().max(20)),
});

export type TypedAgent = z.output<typeof agentSchema>;

/** What the actions of core take. */
export const toAgent = ({ teams, lines, ...rest }: TypedAgent) => ({
  ...rest,
  teamIds: teams.map(Number),
  lineIds: lines.map(Number),
});

/** The fields of an account, the same for invitations and for changes. */
export async function presentAgentForm(ctx: DeskContext, state: FormState): Promise<PresentedForm> {
  const [roles, teams, lines] = await Promise.all([listRoles(ctx.db), listTeams(ctx.db), listLines(ctx.db)]);
  const asOptions = (rows: readonly { id: number; name: string }[]) =>
    rows.map(({ id, name }) => ({ value: String(id), label: name }));
  const roleOptions = roles.map((role) => ({ value: role.key, label: roleName(ctx, role) }));
  return presentForm(ctx, state, [
    { name: 'name', label: 'desk.admin.team.name', required: true, maxlength: 100, autocomplete: 'off' },
    {
      name: 'email',
      label: 'desk.admin.team.email',
      kind: 'email',
      required: true,
      maxlength: 254,
      autocomplete: 'off',
    },
    { name: 'role', label: 'desk.admin.team.role', kind: 'select', options: roleOptions },
    ...(teams.length > 0
      ? [{ name: 'teams', label: 'desk.admin.teams.title', kind: 'multiselect', options: asOptions(teams) }]
      : []),
    {
      name: 'sees',
      label: 'desk.admin.team.sees',
      kind: 'select',
      options: ['all', 'lines'].map((value) => ({ value, label: ctx.t(`desk.admin.team.sees.${value}`) })),
    },
    { name: 'lines', label: 'desk.admin.lines.title', kind: 'multiselect', options: asOptions(lines) },
  ]);
}
