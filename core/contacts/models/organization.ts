import { Row } from '../../database/record.js';

export interface OrganizationRecord {
  readonly id: number;
  readonly name: string;
  /** The name as it is compared and sorted. */
  readonly folded: string;
  readonly domain: string | null;
  readonly note: string;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly version: number;
}

export interface Organization extends OrganizationRecord {}
export class Organization extends Row {
  declare id: number;
  static override tableName = 'organizations';
}
