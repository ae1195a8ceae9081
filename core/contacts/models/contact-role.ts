/** What somebody is to an organization. Code tests `directs` and the private person's key, never other keys. */
export interface ContactRoleRecord {
  readonly key: string;
  /** The company's own name; null: a built-in role under its usual one, the text `core.contactRole.<key>`. */
  readonly name: string | null;
  /** Who has it decides for the organization: a director. */
  readonly directs: boolean;
  /** Who has it may read every request of the organization in the portal. */
  readonly seesOrganization: boolean;
  /** And may write in each of them, in their own name. */
  readonly answersOrganization: boolean;
  readonly isBuiltin: boolean;
  /** Is not offered any more; who has it keeps it. */
  readonly isArchived: boolean;
}

/** The role without an organization. */
export const PRIVATE_ROLE = 'private';

/** Roles that are always there, in the order in which they are offered. */
export const builtinRoles: readonly Pick<ContactRoleRecord, 'key' | 'directs' | 'seesOrganization'>[] = [
  { key: PRIVATE_ROLE, directs: false, seesOrganization: false },
  { key: 'employee', directs: false, seesOrganization: false },
  { key: 'director', directs: true, seesOrganization: true },
  { key: 'decision_maker', directs: true, seesOrganization: true },
];

/** The row that a built-in role gets once the company says something of it. */
export const rowOf = ({ key, directs, seesOrganization }: (typeof builtinRoles)[number]) => ({
  key,
  directs: directs ? 1 : 0,
  seesOrganization: seesOrganization ? 1 : 0,
});
