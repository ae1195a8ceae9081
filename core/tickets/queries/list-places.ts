import type { Knex } from 'knex';
import type { TicketViewer } from '../seen-by.js';

/** What decides who may see a ticket. */
export interface TicketPlace {
  readonly id: number;
  readonly lineId: number | null;
  readonly assigneeId: number | null;
}

/** Where tickets are, for live pages: one query, however many people look on. */
export async function listPlaces(db: Knex, ticketIds: readonly number[]): Promise<TicketPlace[]> {
  if (ticketIds.length === 0) return [];
  return db('tickets')
    .whereIn('id', [...ticketIds])
    .select<TicketPlace[]>('id', 'lineId', 'assigneeId');
}

/** The same rule as `seenBy`, for a ticket in hand. */
export function sees({ lineIds, agentId }: TicketViewer, place: Omit<TicketPlace, 'id'>): boolean {
  if (lineIds === 'all' || place.assigneeId === agentId) return true;
  return place.lineId !== null && lineIds.includes(place.lineId);
}
