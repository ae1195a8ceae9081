import type { BaseContext, RoleRecord } from '@helpdesk/core';

const builtin: Readonly<Record<string, string>> = {
  owner: 'Owner',
  administrator: 'Administrator',
  supervisor: 'Supervisor',
  agent: 'Agent',
  observer: 'Observer',
};

/** A role's name; one of the roles that came with the desk is translated until somebody renames it. */
export const roleName = (
  ctx: Pick<BaseContext, 't'>,
  { key, name }: Pick<RoleRecord, 'key' | 'name'>,
): string => (builtin[key] === name ? ctx.t(`desk.admin.role.${key}`) : name);
