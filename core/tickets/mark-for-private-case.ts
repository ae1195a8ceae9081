import { markOrganization } from '../contacts/actions/mark-organization.js';
import { listDirectingRoles } from '../contacts/queries/list-contact-roles.js';
import { wornAt } from '../contacts/worn-at.js';
import type { App } from '../database/app.js';
import { parseJson } from '../database/record.js';
import type { Actor } from '../hooks/catalogue.js';

/** What makes a private case one that may cost an organization. */
export type BadCase = 'complaint' | 'reopened' | 'urgent';

const actor: Actor = { kind: 'system', id: 'core', door: 'follower' };
const URGENT = 4;
const REOPENED_OFTEN = 2;

interface Happened {
  ticketId: number;
  /** When, ISO text: hats are asked for that time. */
  at: string;
}

/**
 * A private case went bad: the organizations that its contact directed at that time are marked. Others' cases mark
 * nothing, and the same reason of one case marks once.
 */
export async function markForPrivateCase(
  app: App,
  { ticketId, at, reasons }: Happened & { reasons: readonly BadCase[] },
): Promise<void> {
  if (reasons.length === 0) return;
  const contactId = await findPrivateWriter(app, ticketId);
  if (contactId === undefined) return;
  const directed: { organizationId: number }[] = await app
    .db('memberships')
    .where({ contactId })
    .whereNotNull('organizationId')
    .whereIn('role', await listDirectingRoles(app.db))
    .modify((hats) => wornAt(hats, at))
    .distinct('organizationId');
  for (const { organizationId } of directed)
    for (const reason of reasons)
      await markOrganization(app, { organizationId, reason, contactId, ticketId, at, actor });
}

/** Whose private case a ticket is; undefined for one of an organization, or in no known hat. */
async function findPrivateWriter(app: App, ticketId: number): Promise<number | undefined> {
  const ticket: { contactId: number } | undefined = await app
    .db('tickets')
    .join('memberships', 'memberships.id', 'tickets.membershipId')
    .where('tickets.id', ticketId)
    .whereNull('memberships.organizationId')
    .first('tickets.contactId');
  return ticket?.contactId;
}

/** Everything that was bad about a case until an event of the log. */
export async function reviewPrivateCase(
  app: App,
  { ticketId, at, upTo }: Happened & { upTo: number },
): Promise<void> {
  const told = await readStory(app, { ticketId, upTo });
  const reasons: BadCase[] = [];
  if (told.isComplaint) reasons.push('complaint');
  if (told.isUrgent) reasons.push('urgent');
  if (told.timesReopened >= REOPENED_OFTEN) reasons.push('reopened');
  await markForPrivateCase(app, { ticketId, at, reasons });
}

export const isComplaint = (type: string | null | undefined): boolean => type === 'complaint';
export const isUrgent = (priority: number | undefined): boolean => priority === URGENT;
/** A customer who answers what we asked reopens a ticket too; that is no failure. */
export const wasDone = (from: string | undefined): boolean => from === 'solved' || from === 'closed';

/** Whether a ticket was solved and opened again twice or more, until an event. */
export async function isReopenedOften(app: App, story: { ticketId: number; upTo: number }): Promise<boolean> {
  return (await readStory(app, story)).timesReopened >= REOPENED_OFTEN;
}

const STORY_MOST = 500;

/** The log knows what a ticket was at any time; the ticket itself knows only today. */
async function readStory(app: App, { ticketId, upTo }: { ticketId: number; upTo: number }) {
  const rows: { name: string; payload: string }[] = await app
    .db('events')
    .where({ ticketId })
    .where('id', '<=', upTo)
    .whereIn('name', ['ticket.opened', 'ticket.typed', 'ticket.prioritised', 'ticket.reopened'])
    .orderBy('id')
    .limit(STORY_MOST)
    .select('name', 'payload');
  const told = { isComplaint: false, isUrgent: false, timesReopened: 0 };
  for (const { name, payload } of rows) {
    const { type, priority, to, from } = parseJson<Told>(payload, {});
    if (name === 'ticket.opened') {
      told.isComplaint = isComplaint(type);
      told.isUrgent = isUrgent(priority);
    } else if (name === 'ticket.typed') told.isComplaint = to === 'complaint';
    else if (name === 'ticket.prioritised') told.isUrgent = to === URGENT;
    else if (wasDone(from)) told.timesReopened += 1;
  }
  return told;
}

interface Told {
  readonly type?: string | null;
  readonly priority?: number;
  readonly to?: string | number | null;
  readonly from?: string;
}

const CASES_MOST = 50;

/** Somebody directs an organization from now on: what is open and bad between us and the person counts. */
export async function reviewOpenCases(
  app: App,
  { contactId, at, upTo }: { contactId: number; at: string; upTo: number },
): Promise<void> {
  const open: { id: number }[] = await app
    .db('tickets')
    .where({ contactId })
    .whereNot('bucket', 'done')
    .orderBy('lastMessageAt', 'desc')
    .limit(CASES_MOST)
    .select('id');
  for (const { id } of open) await reviewPrivateCase(app, { ticketId: id, at, upTo });
}
