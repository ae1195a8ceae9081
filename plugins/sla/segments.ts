import { service } from '@helpdesk/core';

/** What this plugin asks of whoever keeps segments of customers; the plugin routing does. */
export interface Segments {
  list(): Promise<readonly { readonly id: number; readonly mark: string; readonly name: string }[]>;
  /** By ticket; tickets without a segment are left out. */
  segmentsOfTickets(ticketIds: readonly number[]): Promise<ReadonlyMap<number, { readonly id: number }>>;
  /** One for each, in their order; undefined: none. */
  segmentsOfWriters(
    writers: readonly { readonly contactId: number; readonly membershipId: number | null }[],
  ): Promise<readonly ({ readonly id: number } | undefined)[]>;
}
export const segments = service<Segments>('segments');
