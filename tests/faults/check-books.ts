import { balanceIntake } from '@helpdesk/core';
import type { Knex } from 'knex';
import { expect } from 'vitest';

/** What must hold after any crash: the journal balances, counters equal a recount, nothing hangs in the air. */
export async function checkBooks(db: Knex): Promise<void> {
  const balance = await balanceIntake(db);
  const { received, delivered, duplicate, parked, refused, inWork } = balance;
  expect(received).toBe(delivered + duplicate + parked + refused + inWork);
  expect(await keptCounts(db)).toEqual(await recount(db));
  const orphans = await db('attachments')
    .leftJoin('messages', 'messages.id', 'attachments.messageId')
    .whereNotNull('attachments.messageId')
    .whereNull('messages.id')
    .select('attachments.id');
  expect(orphans).toEqual([]);
  const miscounted = await db('tickets')
    .leftJoin('messages', (join) => join.on('messages.ticketId', 'tickets.id').onNull('messages.cancelledAt'))
    .groupBy('tickets.id', 'tickets.messageCount')
    .havingRaw('count(messages.id) <> tickets.message_count')
    .select('tickets.id', 'tickets.messageCount')
    .count({ n: 'messages.id' });
  expect(miscounted).toEqual([]);
  const lonely = await db('tickets')
    .leftJoin('messages', 'messages.ticketId', 'tickets.id')
    .whereNull('messages.id')
    .select('tickets.id');
  expect(lonely).toEqual([]);
}

const drawer = ['bucket', 'lineId', 'teamId', 'assigneeId', 'category'] as const;
type Drawer = Record<(typeof drawer)[number], string | number | null> & { n: number };

async function keptCounts(db: Knex): Promise<string[]> {
  const rows: Drawer[] = await db('ticketCounts')
    .whereNot({ n: 0 })
    .select(...drawer, 'n');
  return rows.map(line).toSorted();
}

async function recount(db: Knex): Promise<string[]> {
  const rows: Drawer[] = await db('tickets')
    .groupBy(...drawer)
    .select(...drawer)
    .count({ n: '*' });
  return rows.map(line).toSorted();
}

const line = (row: Drawer) => [...drawer.map((name) => String(row[name] ?? 0)), String(row.n)].join('|');
