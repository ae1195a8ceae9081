import { Row } from '../../database/record.js';

/** A group of people to whom tickets are handed. */
export class Team extends Row {
  static override tableName = 'teams';

  declare name: string;
  declare createdAt: string;
  declare archivedAt: string | null;
}

export interface TeamRecord {
  readonly id: number;
  readonly name: string;
  readonly isArchived: boolean;
  readonly agentIds: readonly number[];
}
