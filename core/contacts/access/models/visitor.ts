/** A customer who is signed in: made anew for every request. */
export interface Visitor {
  readonly contactId: number;
  readonly name: string;
  readonly language: string | null;
  readonly timeZone: string | null;
  readonly sessionId: number;
  /** The proven address they signed in with; null for an agent who looks as this contact. */
  readonly identityId: number | null;
  /** The agent who only looks; null: the customer. */
  readonly viewedBy: number | null;
  /** The lines whose requests are shown: all, but to an agent who looks and sees only some. */
  readonly lineIds: readonly number[] | 'all';
  /** Whether they have a role at an organization now. */
  readonly hasOrganization: boolean;
  /** Organizations all of whose requests they may read, by the right of a role that they have now. */
  readonly organizationIds: readonly number[];
  /** Of these, the ones in whose requests they may write. */
  readonly answeredOrganizationIds: readonly number[];
}
