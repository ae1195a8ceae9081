import { parseJson } from '@helpdesk/core';
import type { Knex } from 'knex';
import { LIFE_EVENTS, numberIn, type LifeEvent } from '../clock/life.js';
import type { Life } from '../clock/run-clocks.js';
import type { Segments } from '../segments.js';

interface Row {
  readonly id: number;
  readonly ticketId: number;
  readonly name: string;
  readonly at: string;
  readonly payload: string;
}

/** All that clocks look at, of some tickets; four queries however many they are. */
export async function readLives(
  db: Knex,
  ticketIds: readonly number[],
  segments: Segments | undefined,
): Promise<Map<number, Life>> {
  const ids = [...new Set(ticketIds)];
  const [rows, pauses, ofTickets] = await Promise.all([
    db('events')
      .whereIn('ticketId', ids)
      .whereIn('name', [...LIFE_EVENTS])
      .orderBy('id')
      .select<Row[]>('id', 'ticketId', 'name', 'at', 'payload'),
    db('sla_pauses').whereIn('ticketId', ids).select<{ id: number; reason: string }[]>('id', 'reason'),
    segments?.segmentsOfTickets(ids),
  ]);
  const events = new Map<number, LifeEvent[]>();
  for (const { id, ticketId, name, at, payload } of rows) {
    const event = { id, name, at: Date.parse(at), payload: parseJson<LifeEvent['payload']>(payload, {}) };
    events.set(ticketId, [...(events.get(ticketId) ?? []), event]);
  }
  const hats = await readHats(db, [...events.values()].flat());
  const reasons = new Map(pauses.map(({ id, reason }) => [id, reason]));
  return new Map(
    [...events].map(([ticketId, own]) => [
      ticketId,
      { events: own, about: { hats, reasons, segmentId: ofTickets?.get(ticketId)?.id ?? null } },
    ]),
  );
}

async function readHats(db: Knex, events: readonly LifeEvent[]): Promise<Life['about']['hats']> {
  const ids = new Set<number>();
  for (const { name, payload } of events) {
    const id = numberIn(payload, name === 'ticket.hatChanged' ? 'to' : 'membershipId');
    if (id !== null) ids.add(id);
  }
  const rows: { id: number; role: string; organizationId: number | null }[] = await db('memberships')
    .whereIn('id', [...ids])
    .select('id', 'role', 'organizationId');
  return new Map(rows.map(({ id, ...hat }) => [id, hat]));
}
