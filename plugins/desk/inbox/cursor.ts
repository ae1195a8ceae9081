import type { TicketCursor, TicketOrder } from '@helpdesk/core';
import { idOf } from './ticket-view.js';

/** Where the next page begins, for addresses. */
export const printCursor = ({ value, id }: TicketCursor): string => `${value}~${id}`;

/** Reads it back; what does not fit the order is no cursor, and the list begins at its start. */
export function readCursor(text: string | undefined, order: TicketOrder): TicketCursor | undefined {
  const [value = '', rest] = (text ?? '').slice(0, 80).split('~');
  const id = idOf(rest);
  if (!id) return undefined;
  if (order === 'priority') return /^[1-4]$/.test(value) ? { value: Number(value), id } : undefined;
  const isTime =
    /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?Z$/.test(value) && !Number.isNaN(Date.parse(value));
  return isTime ? { value, id } : undefined;
}
