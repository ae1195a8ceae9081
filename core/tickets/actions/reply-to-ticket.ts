import type { App } from '../../database/app.js';
import { change, type Change } from '../../database/change.js';
import { onceOnly } from '../../database/once-only.js';
import { errors } from '../../errors/errors.js';
import type { Actor } from '../../hooks/catalogue.js';
import { holdTicket } from '../hold-ticket.js';
import { insertMessage, snippetOf } from '../insert-message.js';
import type { Participant } from '../models/participant.js';
import type { StatusCategory } from '../models/status.js';
import type { TicketRecord } from '../models/ticket.js';
import { timesOf } from '../move-status.js';
import { refuseUndecided } from '../refuse-undecided.js';
import { saveTicket, type Patch } from '../save-ticket.js';
import { takeUploads } from './take-uploads.js';

export interface ReplyToTicket {
  ticketId: number;
  /**
   * Who writes; null: a machine does. Its answer moves nothing: the customer waits on, nobody owns the ticket by it, it is
   * no first reply and has no files; the event is `message.autoReplied`.
   */
  agentId: number | null;
  /** Markdown. */
  text: string;
  to: readonly Participant[];
  cc?: readonly Participant[];
  /** The account it leaves by. */
  account: { id: number; channel: string };
  /** What is fixed before the first try to send: Message-ID, date, boundary… The channel makes it. */
  freeze: (
    step: Change,
    made: { messageId: number; ticket: TicketRecord },
  ) => Readonly<Record<string, unknown>> & { externalId: string | null };
  uploads?: readonly string[];
  then?: 'wait' | 'solve' | 'stay';
  /** How long it can still be taken back, in ms. */
  holdMs: number;
  /** The newest public message the agent had on the screen; a newer one stops the reply unless `anyway`. */
  lastSeenMessageId?: number;
  anyway?: boolean;
  /** The same key twice is one reply. */
  idempotencyKey?: string;
  actor: Actor;
  /** For imports of history. */
  at?: string;
}

export type ReplyOutcome = { state: 'queued'; messageId: number } | { state: 'newer'; messageId: number };

/** Answer the customer. Plugins may refuse through `message.sending` and rewrite through `message.outgoing`. */
export async function replyToTicket(app: App, input: ReplyToTicket): Promise<ReplyOutcome> {
  const { ticketId, actor } = input;
  if (input.text.trim() === '') throw errors.MESSAGE_EMPTY();
  const recipients = [...input.to, ...(input.cc ?? [])].map(({ value }) => value);
  await app.hooks.allow('message.sending', { ticketId, text: input.text, recipients, actor });
  const { text } = await app.hooks.filter('message.outgoing', { ticketId, text: input.text, actor });
  const outcome = await change(app, (step) =>
    onceOnly(step, input.idempotencyKey, async (): Promise<ReplyOutcome> => {
      const ticket = await holdTicket(step, ticketId);
      refuseUndecided(ticket, input);
      const newer = await findNewer(step, input);
      if (newer !== undefined) return { state: 'newer', messageId: newer };
      const messageId = await keepReply(app, step, { ticket, input, text });
      return { state: 'queued', messageId };
    }),
  );
  app.signals.wake('deliveries');
  return outcome;
}

async function findNewer(
  { trx }: Change,
  { ticketId, lastSeenMessageId, anyway }: ReplyToTicket,
): Promise<number | undefined> {
  if (lastSeenMessageId === undefined || anyway) return undefined;
  const newer: { id: number } | undefined = await trx('messages')
    .where({ ticketId })
    .whereNot({ kind: 'note' })
    .whereNull('cancelledAt')
    .where('id', '>', lastSeenMessageId)
    .orderBy('id', 'desc')
    .first('id');
  return newer?.id;
}

/** The part inside the transaction; a ticket that begins with a letter of ours is opened in the same one. */
export async function keepReply(
  app: App,
  step: Change,
  { ticket, input, text }: { ticket: TicketRecord; input: ReplyToTicket; text: string },
): Promise<number> {
  const { trx } = step;
  const { account, to, cc = [], agentId } = input;
  const messageId = await insertMessage(app, step, {
    ticketId: ticket.id,
    kind: 'outgoing',
    agentId,
    channel: account.channel,
    accountId: account.id,
    text,
    participants: { to, cc },
    ...(ticket.messageCount === 0 ? { alsoFoundBy: `${ticket.subject} ${ticket.number}` } : {}),
    ...(input.at ? { createdAt: input.at } : {}),
  });
  app.fault('reply.afterMessage');
  const { externalId, ...rest } = input.freeze(step, { messageId, ticket });
  if (agentId === null) return keepAutomatic(step, { ticket, input, messageId, externalId, frozen: rest });
  const { first, patch } = movesTo(ticket, { input, text, at: input.at ?? step.at, agentId });
  const undo: UndoReply = { before: pick(ticket, patch), after: patch };
  await trx('messages')
    .where({ id: messageId })
    .update({ externalId, frozen: JSON.stringify({ ...rest, undo }) });
  if (input.uploads) await takeUploads(step, { messageId, agentId, keys: input.uploads });
  await queueDeliveries(step, { ticketId: ticket.id, messageId, input });
  await trx('drafts').where({ agentId, ticketId: ticket.id, mode: 'reply' }).delete();
  step.announce('message.replied', {
    ticketId: ticket.id,
    contactId: ticket.contactId,
    messageId,
    agentId,
    channel: account.channel,
    first,
    actor: input.actor,
  });
  await moveOn(step, { ticket, input, patch, agentId });
  app.fault('reply.beforeCommit');
  return messageId;
}

/** The rest of an answer that nobody of the team wrote. */
async function keepAutomatic(
  step: Change,
  {
    ticket,
    input,
    messageId,
    externalId,
    frozen,
  }: {
    ticket: TicketRecord;
    input: ReplyToTicket;
    messageId: number;
    externalId: string | null;
    frozen: Readonly<Record<string, unknown>>;
  },
): Promise<number> {
  const { id: ticketId, contactId, messageCount } = ticket;
  const { account, actor } = input;
  await step
    .trx('messages')
    .where({ id: messageId })
    .update({ externalId, frozen: JSON.stringify(frozen), auto: 'auto' });
  await queueDeliveries(step, { ticketId, messageId, input });
  await saveTicket(step, ticket, { messageCount: messageCount + 1 }, { quiet: true });
  step.announce('message.autoReplied', { ticketId, contactId, messageId, channel: account.channel, actor });
  return messageId;
}

/** What the ticket was before a reply and what the reply made of it: taking it back restores what is still so. */
export interface UndoReply {
  readonly before: Patch;
  readonly after: Patch;
}

const pick = (ticket: TicketRecord, patch: Patch): Patch =>
  Object.fromEntries(Object.keys(patch).map((name) => [name, ticket[name as keyof TicketRecord]]));

const afterwards: Record<'wait' | 'solve', StatusCategory> = { wait: 'waiting_customer', solve: 'solved' };

function movesTo(
  ticket: TicketRecord,
  { input, text, at, agentId }: { input: ReplyToTicket; text: string; at: string; agentId: number },
): { first: boolean; patch: Patch & { category: StatusCategory } } {
  const { then = 'wait' } = input;
  const first = ticket.firstRepliedAt === null;
  const to: StatusCategory =
    then === 'stay' ? (ticket.category === 'new' ? 'open' : ticket.category) : afterwards[then];
  const patch = {
    ...(to === ticket.category ? {} : { status: to, ...timesOf(ticket, to, at) }),
    category: to,
    lastMessageAt: at,
    snippet: snippetOf(text),
    messageCount: ticket.messageCount + 1,
    waitingSince: null,
    ...(first ? { firstRepliedAt: at } : {}),
    // Whoever answers an unowned ticket owns it.
    ...(ticket.assigneeId === null ? { assigneeId: agentId } : {}),
  };
  return { first, patch };
}

async function queueDeliveries(
  { trx, at }: Change,
  { ticketId, messageId, input }: { ticketId: number; messageId: number; input: ReplyToTicket },
): Promise<void> {
  const until = new Date(Date.parse(at) + input.holdMs).toISOString();
  const recipients = new Set([...input.to, ...(input.cc ?? [])].map(({ value }) => value));
  if (recipients.size === 0 || input.at !== undefined) return;
  await trx('deliveries').insert(
    [...recipients].map((recipient) => ({
      messageId,
      ticketId,
      accountId: input.account.id,
      recipient,
      state: input.holdMs > 0 ? 'held' : 'queued',
      dueAt: until,
      createdAt: at,
    })),
  );
}

async function moveOn(
  step: Change,
  {
    ticket,
    input,
    patch,
    agentId,
  }: {
    ticket: TicketRecord;
    input: ReplyToTicket;
    patch: Patch & { category: StatusCategory };
    agentId: number;
  },
): Promise<void> {
  const { actor } = input;
  const { id: ticketId, contactId, category: from } = ticket;
  const to = patch.category;
  await saveTicket(step, ticket, patch);
  if (ticket.assigneeId === null)
    step.announce('ticket.assigned', { ticketId, from: null, to: agentId, actor });
  if (to === from) return;
  const move = { ticketId, contactId, from, to, status: to, actor };
  if (to === 'solved') step.announce('ticket.solved', move);
  else if (to === 'waiting_customer') step.announce('ticket.waiting', move);
  else step.announce('ticket.reopened', move);
}
