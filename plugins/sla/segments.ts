import { service } from '@helpdesk/core';

/** What this plugin asks of whoever keeps segments of customers; the plugin routing does. */
export interface Segments {
  list(): Promise<readonly { readonly id: number; readonly mark: string; readonly name: string }[]>;
  /** By ticket; tickets without a segment are left out. */
  segmentsOfTickets(ticketIds: readonly number[]): Promise<ReadonlyMap<number, { readonly id: number }>>;
}
export const segments = service<Segments>('segments');
