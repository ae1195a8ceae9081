import { Row } from '../../database/record.js';

/** One way to reach or recognise a contact. Unique on (kind, normalised) over the whole company. */
export interface IdentityRecord {
  readonly id: number;
  readonly contactId: number;
  /** `email`, `phone`, or a channel's own kind. */
  readonly kind: string;
  /** As it was written. */
  readonly value: string;
  /** As it is compared: addresses in lower case, phones in E.164. */
  readonly normalised: string;
  readonly label: string | null;
  /** The hat in which it is used; null: any. */
  readonly membershipId: number | null;
  /** When its owner proved it to be theirs. */
  readonly verifiedAt: string | null;
  /** When a message to it failed for good. */
  readonly failedAt: string | null;
  readonly createdAt: string;
}

export interface Identity extends IdentityRecord {}
export class Identity extends Row {
  declare id: number;
  static override tableName = 'identities';
}
