import type { Knex } from 'knex';
import type { Change } from '../database/change.js';
import type { Actor } from '../hooks/catalogue.js';
import { countMove } from './count-tickets.js';
import type { StatusCategory } from './models/status.js';
import type { Priority, TicketRecord } from './models/ticket.js';
import { placeTicket } from './place-ticket.js';

export interface NewTicket {
  subject: string;
  channel: string;
  accountId: number | null;
  lineId: number | null;
  teamId?: number | null;
  assigneeId?: number | null;
  contactId: number;
  membershipId?: number | null;
  membershipReason?: string | null;
  membershipValues?: string | null;
  priority?: Priority;
  type?: string | null;
  category: StatusCategory;
  waitingSince: string | null;
  snippet: string;
  openedAt?: string;
  /** 1 unless the first message is counted by whoever adds it. */
  messageCount?: number;
}

const FIRST_NUMBER = 1001;
const SUBJECT_KEPT = 2000;

/** Inserts a ticket with the next number and announces it; its first message is the caller's. */
export async function insertTicket(step: Change, fields: NewTicket, actor: Actor): Promise<TicketRecord> {
  const openedAt = fields.openedAt ?? step.at;
  const row = {
    teamId: null,
    assigneeId: null,
    membershipId: null,
    membershipReason: null,
    membershipValues: null,
    priority: 2 as Priority,
    type: null,
    messageCount: 1,
    ...fields,
    subject: fields.subject.slice(0, SUBJECT_KEPT),
    status: fields.category,
    number: await nextNumber(step.trx),
    openedAt,
    updatedAt: step.at,
    lastMessageAt: openedAt,
    firstRepliedAt: null,
    solvedAt: null,
    closedAt: null,
    dueAt: null,
    undecidedSince: null,
    snoozedUntil: null,
    staysSnoozed: 0,
    version: 1,
  };
  const placed = { ...row, ...placeTicket(row) };
  const [inserted] = await step.trx('tickets').insert(placed).returning<{ id: number }[]>('id');
  const ticket: TicketRecord = { ...placed, id: (inserted as { id: number }).id };
  countMove(step, null, ticket);
  step.announce('ticket.opened', {
    ticketId: ticket.id,
    contactId: ticket.contactId,
    lineId: ticket.lineId,
    teamId: ticket.teamId,
    assigneeId: ticket.assigneeId,
    channel: ticket.channel,
    priority: ticket.priority,
    type: ticket.type,
    membershipId: ticket.membershipId,
    category: ticket.category,
    actor,
  });
  return ticket;
}

async function nextNumber(trx: Knex.Transaction): Promise<number> {
  const [number] = await reserveNumbers(trx, 1);
  return number as number;
}

/** The next numbers that people will say. */
export async function reserveNumbers(trx: Knex.Transaction, n: number): Promise<number[]> {
  const [row] = await trx('sequences')
    .insert({ key: 'ticket', value: FIRST_NUMBER + n - 1 })
    .onConflict('key')
    .merge({ value: trx.raw('sequences.value + ?', [n]) })
    .returning<{ value: number }[]>('value');
  const last = (row as { value: number }).value;
  return Array.from({ length: n }, (_, i) => last - n + 1 + i);
}
