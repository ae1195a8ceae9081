import { service } from '@helpdesk/core';

/** A group of customers, as the company names it. */
export interface SegmentRecord {
  readonly id: number;
  /** One to four characters: `A`, `VIP`. */
  readonly mark: string;
  readonly name: string;
  /** Who works for it; null: nobody in particular. */
  readonly teamId: number | null;
  /** The account manager, an agent. */
  readonly managerId: number | null;
}

/** The segment of somebody, and where it comes from. */
export interface SegmentOf {
  readonly segment: SegmentRecord;
  /** `organization`: the contact has none of his own. */
  readonly from: 'contact' | 'organization';
}

/** As whom somebody writes; `membershipId` null: in no known role. */
export interface Writer {
  readonly contactId: number;
  readonly membershipId: number | null;
}

/** What other plugins may ask about segments. Require it as `optional: { segments }`. */
export interface Segments {
  /** In their order; archived ones are left out. */
  list(): Promise<readonly SegmentRecord[]>;
  /** The contact's own, else that of the organization; undefined: none. */
  segmentOf(contactId: number): Promise<SegmentOf | undefined>;
  /** By ticket, with the organization of its hat; tickets without a segment are left out. One query for all. */
  segmentsOfTickets(ticketIds: readonly number[]): Promise<ReadonlyMap<number, SegmentRecord>>;
  /** One for each, in their order; undefined: none. One query for all. */
  segmentsOfWriters(writers: readonly Writer[]): Promise<readonly (SegmentRecord | undefined)[]>;
}
export const segments = service<Segments>('segments');
