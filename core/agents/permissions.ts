/** What core lets a role do or not. The matrix of docs/reference/permissions.md is made from this table. */
const keys = [
  'tickets.read',
  'tickets.reply',
  'tickets.note',
  'tickets.assign',
  'tickets.edit',
  'tickets.solve',
  'tickets.open',
  'contacts.read',
  'contacts.edit',
  'contacts.merge',
  'contacts.import',
  'contacts.export',
  'views.share',
  'replies.edit',
  'intake.read',
  'intake.replay',
  'events.read',
  'agents.manage',
  'settings.manage',
  'plugins.manage',
  'mailboxes.manage',
  'roles.manage',
] as const;

export type CorePermission = (typeof keys)[number];

/** A permission and the text key that names it on pages. */
export interface PermissionRecord {
  readonly key: string;
  readonly text: string;
}

export const corePermissions: readonly (PermissionRecord & { readonly key: CorePermission })[] = keys.map(
  (key) => ({
    key,
    text: `core.permission.${key}`,
  }),
);

/** In a role's list: every permission, those of plugins that come later included. */
export const EVERYTHING = '*';

const work: readonly CorePermission[] = [
  'tickets.read',
  'tickets.reply',
  'tickets.note',
  'tickets.edit',
  'tickets.solve',
  'tickets.open',
  'contacts.read',
  'contacts.edit',
];

export type BuiltinRole = 'owner' | 'administrator' | 'supervisor' | 'agent' | 'observer';

/** The roles of a fresh desk. All but the owner's can be changed; an owner's account only an owner may touch. */
export const builtinRoles: readonly { key: BuiltinRole; name: string; permissions: readonly string[] }[] = [
  { key: 'owner', name: 'Owner', permissions: [EVERYTHING] },
  { key: 'administrator', name: 'Administrator', permissions: [EVERYTHING] },
  {
    key: 'supervisor',
    name: 'Supervisor',
    permissions: [
      ...work,
      'tickets.assign',
      'contacts.merge',
      'views.share',
      'replies.edit',
      'intake.read',
      'events.read',
    ],
  },
  { key: 'agent', name: 'Agent', permissions: work },
  { key: 'observer', name: 'Observer', permissions: ['tickets.read', 'contacts.read'] },
];
