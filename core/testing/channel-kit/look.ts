import { answerTicket } from '../../channels/actions/answer-ticket.js';
import type { Participant } from '../../tickets/models/participant.js';
import { readTimeline, type Timeline } from '../../tickets/queries/read-timeline.js';
import type { ChannelDriver, Call, Writer } from './driver.js';

let writers = Math.floor(Math.random() * 1000) * 1000;
let numbers = 0;

/** Somebody whom no other test has heard of. */
export function newWriter(name = 'Ann'): Writer {
  writers += 1;
  return { id: 70_000_000 + writers, name };
}

/** Numbers of messages rise over the whole run, as a provider's do. */
export const nextNumber = (): number => (numbers += 1);

/** What the desk holds of one writer's messages. */
export interface Found {
  readonly ticketIds: readonly number[];
  readonly timeline: Timeline;
  readonly address: Participant;
}

/** @param text of one of the writer's messages, unique in the run */
export async function findByText({ desk }: ChannelDriver, text: string): Promise<Found | undefined> {
  const row: { ticketId: number; contactId: number } | undefined = await desk.app
    .db('messages')
    .where({ text, kind: 'incoming' })
    .first('ticketId', 'contactId');
  if (!row) return undefined;
  const tickets: { id: number }[] = await desk.app
    .db('tickets')
    .where({ contactId: row.contactId })
    .orderBy('id')
    .select('id');
  const timeline = await readTimeline(desk.app.db, { ticketId: row.ticketId });
  const first = timeline.messages.find(({ kind }) => kind === 'incoming');
  const address = first?.participants.from;
  if (!address) throw new Error('the message has no sender');
  return { ticketIds: tickets.map(({ id }) => id), timeline, address };
}

/** Makes calls and lets the desk work until nothing is left to do. */
export async function bring({ desk }: ChannelDriver, ...calls: readonly Call[]): Promise<number[]> {
  const statuses: number[] = [];
  for (const call of calls) statuses.push(await call.make());
  await desk.drain();
  return statuses;
}

/** How many raw messages the journal holds. */
export async function countRaw({ desk }: ChannelDriver): Promise<number> {
  const rows: { id: number }[] = await desk.app.db('intake').select('id');
  return rows.length;
}

/** An agent's answer, and the time in which it could be taken back. */
export async function answer(
  { desk, account }: ChannelDriver,
  {
    ticketId,
    to,
    text,
    uploads,
  }: { ticketId: number; to: Participant; text: string; uploads?: readonly string[] },
): Promise<number> {
  const { app, clock, owner } = desk;
  const outcome = await answerTicket(app, {
    ticketId,
    agentId: owner.id,
    accountId: account.id,
    text,
    to: [to],
    ...(uploads ? { uploads } : {}),
    actor: { kind: 'agent', id: owner.id, door: 'desk' },
  });
  const channel = app.channels.get(account.channel);
  clock.pass(channel ? app.policy.undoMs(channel) : 0);
  await desk.drain();
  return outcome.messageId;
}
