import { Row } from '../../database/record.js';

/** Who writes by a line: representatives of organizations, or private people. */
export type LineAudience = 'organizations' | 'people';
export const lineAudiences: readonly LineAudience[] = ['organizations', 'people'];

/** The entrance by which messages come, such as sales or support. */
export class Line extends Row {
  static override tableName = 'lines';

  declare name: string;
  declare audience: LineAudience | null;
  declare createdAt: string;
  declare archivedAt: string | null;
}

export interface LineRecord {
  readonly id: number;
  readonly name: string;
  /** Null: anybody writes here. */
  readonly audience: LineAudience | null;
  readonly isArchived: boolean;
}

export const toLineRecord = (line: Line): LineRecord => ({
  id: line.id,
  name: line.name,
  audience: line.audience,
  isArchived: line.archivedAt !== null,
});
