import { Row } from '../../database/record.js';

export interface ContactRecord {
  readonly id: number;
  readonly name: string;
  readonly language: string | null;
  readonly timeZone: string | null;
  readonly note: string;
  readonly preferredChannel: string | null;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly version: number;
  /** Set on one that was merged into another; `findContact` answers with that one. */
  readonly mergedIntoId: number | null;
}

export interface Contact extends ContactRecord {}
export class Contact extends Row {
  declare id: number;
  static override tableName = 'contacts';
}
