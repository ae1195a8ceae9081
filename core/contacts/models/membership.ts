import { Row } from '../../database/record.js';

/** A hat: in which role somebody writes. Without an organization it is the private person. */
export interface MembershipRecord {
  readonly id: number;
  readonly contactId: number;
  readonly organizationId: number | null;
  /** `private`, `employee`, `director`, `decision_maker`, or the key of a role of the company's own. */
  readonly role: string;
  readonly title: string | null;
  readonly validFrom: string;
  readonly validTo: string | null;
}

export interface Membership extends MembershipRecord {}
export class Membership extends Row {
  declare id: number;
  static override tableName = 'memberships';
}
