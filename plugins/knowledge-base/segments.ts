import { service } from '@helpdesk/core';

/** What articles ask about segments, of whichever plugin provides them. */
export interface Segments {
  list(): Promise<readonly { readonly id: number; readonly mark: string; readonly name: string }[]>;
  segmentOf(contactId: number): Promise<{ readonly segment: { readonly id: number } } | undefined>;
}
export const segments = service<Segments>('segments');
