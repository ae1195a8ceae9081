import { listContactRoles, type ContactRoleRecord, type DeskContext, type HostApp } from '@helpdesk/core';
import { remember } from '../inbox/remember.js';

type Say = Pick<DeskContext, 't'>;
type Hat = { readonly role: string; readonly title: string | null; readonly organization: string | null };

/** All roles, archived ones too: they have names where somebody still wears them. */
export const readContactRoles = ({ db }: HostApp): Promise<ContactRoleRecord[]> =>
  listContactRoles(db, { includeArchived: true });

/** The same for pages that are read all day. */
export const contactRolesOf = (app: HostApp): Promise<ContactRoleRecord[]> =>
  remember(app, 'contact roles', () => readContactRoles(app));

/** A role under the company's own name, or its usual one. */
export function roleName({ t }: Say, roles: readonly ContactRoleRecord[], key: string): string {
  const role = roles.find((known) => known.key === key);
  return role ? (role.name ?? t(`core.contactRole.${role.key}`)) : key;
}

/** "Firm, chief accountant": the title says more than the role where there is one. */
export function hatLabel(ctx: Say, roles: readonly ContactRoleRecord[], hat: Hat): string {
  const role = hat.title || roleName(ctx, roles, hat.role);
  return hat.organization === null ? role : `${hat.organization}, ${role}`;
}
