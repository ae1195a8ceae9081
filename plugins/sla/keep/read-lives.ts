import { parseJson } from '@helpdesk/core';
import type { Knex } from 'knex';
import { LIFE_EVENTS, numberIn, type Hat, type LifeEvent } from '../clock/life.js';
import type { Life } from '../clock/run-clocks.js';
import type { Segments } from '../segments.js';

interface Row {
  readonly id: number;
  readonly ticketId: number;
  readonly name: string;
  readonly at: string;
  readonly payload: string;
}

/** All that clocks look at, of some tickets; some queries however many they are. */
export async function readLives(
  db: Knex,
  ticketIds: readonly number[],
  segments: Segments | undefined,
): Promise<Map<number, Life>> {
  const ids = [...new Set(ticketIds)];
  // First what happened: whatever is read after it is at least as new.
  const rows = await db('events')
    .whereIn('ticketId', ids)
    .whereIn('name', [...LIFE_EVENTS])
    .orderBy('id')
    .select<Row[]>('id', 'ticketId', 'name', 'at', 'payload');
  const [pauses, tickets] = await Promise.all([
    db('sla_pauses').whereIn('ticketId', ids).select<{ id: number; reason: string }[]>('id', 'reason'),
    db('tickets').whereIn('id', ids).select<Written[]>('id', 'contactId', 'membershipId'),
  ]);
  const events = new Map<number, LifeEvent[]>();
  for (const { id, ticketId, name, at, payload } of rows) {
    const event = { id, name, at: Date.parse(at), payload: parseJson<LifeEvent['payload']>(payload, {}) };
    events.set(ticketId, [...(events.get(ticketId) ?? []), event]);
  }
  const worn = await readHats(db, [...events.values()].flat());
  const segmentOf = await readSegments(segments, [
    ...tickets.flatMap((ticket) => [ticket, { ...ticket, membershipId: null }]),
    ...worn.filter(isOwn).map(({ id, contactId }) => ({ contactId, membershipId: id })),
  ]);
  const hats = new Map(worn.map((hat) => [hat.id, toHat(hat, segmentOf)]));
  const reasons = new Map(pauses.map(({ id, reason }) => [id, reason]));
  return new Map(
    tickets.flatMap((ticket) => {
      const own = events.get(ticket.id);
      if (!own) return [];
      const plainSegmentId = segmentOf({ ...ticket, membershipId: null });
      return [
        [ticket.id, { events: own, about: { hats, reasons, segmentId: segmentOf(ticket), plainSegmentId } }],
      ];
    }),
  );
}

interface Writer {
  readonly contactId: number;
  readonly membershipId: number | null;
}
interface Written extends Writer {
  readonly id: number;
}
interface HatRow extends Pick<Hat, 'role' | 'organizationId'> {
  readonly id: number;
  readonly contactId: number;
  readonly mergedIntoId: number | null;
}
type SegmentOf = (writer: Writer) => number | null;

// The segment of somebody who was merged into another went over to the other, and his tickets with it.
const isOwn = ({ mergedIntoId }: HatRow) => mergedIntoId === null;

function toHat(row: HatRow, segmentOf: SegmentOf): Hat {
  const { id, contactId, role, organizationId } = row;
  const segment = isOwn(row) ? { segmentId: segmentOf({ contactId, membershipId: id }) } : {};
  return { role, organizationId, ...segment };
}

async function readSegments(segments: Segments | undefined, writers: readonly Writer[]): Promise<SegmentOf> {
  const keyOf = ({ contactId, membershipId }: Writer) => `${contactId}/${membershipId ?? ''}`;
  const asked = [...new Map(writers.map((writer) => [keyOf(writer), writer])).values()];
  const found = (await segments?.segmentsOfWriters(asked)) ?? [];
  const known = new Map(asked.map((writer, i) => [keyOf(writer), found[i]?.id ?? null]));
  return (writer) => known.get(keyOf(writer)) ?? null;
}

function readHats(db: Knex, events: readonly LifeEvent[]): Promise<HatRow[]> {
  const ids = new Set<number>();
  for (const { name, payload } of events) {
    const id = numberIn(payload, name === 'ticket.hatChanged' ? 'to' : 'membershipId');
    if (id !== null) ids.add(id);
  }
  return db('memberships')
    .join('contacts', 'contacts.id', 'memberships.contactId')
    .whereIn('memberships.id', [...ids])
    .select<HatRow[]>(
      'memberships.id',
      'memberships.contactId',
      'memberships.role',
      'memberships.organizationId',
      'contacts.mergedIntoId',
    );
}
