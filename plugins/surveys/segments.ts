import { service } from '@helpdesk/core';

/** What surveys ask about segments, of whichever plugin provides them. */
export interface Segments {
  list(): Promise<readonly { readonly id: number; readonly mark: string; readonly name: string }[]>;
  segmentsOfTickets(ticketIds: readonly number[]): Promise<ReadonlyMap<number, { readonly id: number }>>;
}
export const segments = service<Segments>('segments');
