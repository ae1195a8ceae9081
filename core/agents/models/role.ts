import { Model } from 'objection';
import { parseJson } from '../../database/record.js';

/** What its holders may do. The key is stable, the name is the company's own word. */
export class Role extends Model {
  static override tableName = 'roles';
  static override idColumn = 'key';

  declare key: string;
  declare name: string;
  declare permissions: string;
  declare builtin: number;
  declare position: number;
}

export interface RoleRecord {
  readonly key: string;
  readonly name: string;
  readonly permissions: readonly string[];
  readonly isBuiltin: boolean;
}

export const toRoleRecord = (role: Role): RoleRecord => ({
  key: role.key,
  name: role.name,
  permissions: parseJson<readonly string[]>(role.permissions, []),
  isBuiltin: role.builtin === 1,
});
