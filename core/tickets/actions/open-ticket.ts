import type { App } from '../../database/app.js';
import { change, type Change } from '../../database/change.js';
import { onceOnly } from '../../database/once-only.js';
import { holdContact, ownHat } from '../../contacts/hold-contact.js';
import { errors } from '../../errors/errors.js';
import type { Actor } from '../../hooks/catalogue.js';
import { insertMessage, snippetOf } from '../insert-message.js';
import { insertTicket } from '../insert-ticket.js';
import type { Priority, TicketRecord } from '../models/ticket.js';
import type { PickedHat } from '../pick-hat.js';
import { keepReply, type ReplyToTicket } from './reply-to-ticket.js';
import { takeUploads } from './take-uploads.js';

export interface OpenTicket {
  subject: string;
  contactId: number;
  lineId: number | null;
  teamId?: number | null;
  assigneeId?: number | null;
  membershipId?: number | null;
  /** Why it is this hat: a text key with its values; chosen by hand without it. */
  hatReason?: { readonly reason: string; readonly values: PickedHat['values'] };
  priority?: Priority;
  type?: string | null;
  /** Markdown. */
  text: string;
  /** Who writes it down; null: a plugin does. It has no files then. */
  agentId: number | null;
  /** `heard`: what the customer said, by phone or in person. Otherwise the first letter is ours, and how it leaves. */
  first:
    | { kind: 'heard'; channel: string }
    | ({ kind: 'send' } & Pick<ReplyToTicket, 'account' | 'freeze' | 'to' | 'cc' | 'holdMs'>);
  uploads?: readonly string[];
  idempotencyKey?: string;
  actor: Actor;
}

/** Open a ticket by hand; a hat that is not the contact's is not taken. @throws INPUT_INVALID without a subject, MESSAGE_EMPTY, CONTACT_UNKNOWN */
export async function openTicket(
  app: App,
  input: OpenTicket,
): Promise<{ ticketId: number; messageId: number }> {
  if (input.subject.trim() === '') throw errors.INPUT_INVALID({ because: 'a subject is needed' });
  if (input.text.trim() === '') throw errors.MESSAGE_EMPTY();
  const opened = await change(app, (step) =>
    onceOnly(step, input.idempotencyKey, async () => {
      const contactId = await holdContact(step, input.contactId);
      const ticket = await insert(step, { ...input, contactId });
      const messageId =
        input.first.kind === 'heard'
          ? await writeDown(app, step, { ticket, input })
          : await send(app, step, { ticket, input });
      return { ticketId: ticket.id, messageId };
    }),
  );
  app.signals.wake('deliveries');
  return opened;
}

async function insert(step: Change, input: OpenTicket): Promise<TicketRecord> {
  const { first, subject, actor, text, contactId, lineId } = input;
  const membershipId = await ownHat(step, { membershipId: input.membershipId ?? null, contactId });
  const { teamId = null, assigneeId = null, type = null, priority = 2 } = input;
  const isHeard = first.kind === 'heard';
  return insertTicket(
    step,
    {
      subject: subject.trim(),
      channel: isHeard ? first.channel : first.account.channel,
      accountId: isHeard ? null : first.account.id,
      lineId,
      teamId,
      assigneeId,
      contactId,
      membershipId,
      membershipReason: membershipId === null ? null : (input.hatReason?.reason ?? 'core.hat.byHand'),
      membershipValues:
        membershipId === null || !input.hatReason ? null : JSON.stringify(input.hatReason.values),
      priority,
      type,
      category: 'open',
      waitingSince: isHeard ? step.at : null,
      snippet: snippetOf(text),
      messageCount: isHeard ? 1 : 0,
    },
    actor,
  );
}

async function writeDown(
  app: App,
  step: Change,
  { ticket, input }: { ticket: TicketRecord; input: OpenTicket },
): Promise<number> {
  const { agentId, text, actor } = input;
  const { contactId } = ticket;
  const messageId = await insertMessage(app, step, {
    ticketId: ticket.id,
    kind: 'incoming',
    contactId,
    agentId,
    channel: ticket.channel,
    text,
    flags: ['by-hand'],
    alsoFoundBy: `${ticket.subject} ${ticket.number}`,
  });
  if (input.uploads && agentId !== null) await takeUploads(step, { messageId, agentId, keys: input.uploads });
  const told = {
    ticketId: ticket.id,
    contactId,
    messageId,
    channel: ticket.channel,
    auto: null,
    first: true,
    actor,
  };
  step.announce('message.received', told);
  return messageId;
}

async function send(
  app: App,
  step: Change,
  { ticket, input }: { ticket: TicketRecord; input: OpenTicket },
): Promise<number> {
  const { first, text, agentId, actor } = input;
  if (first.kind !== 'send') throw errors.INPUT_INVALID({ because: 'nothing to send' });
  const reply: ReplyToTicket = {
    ...first,
    ticketId: ticket.id,
    agentId,
    text,
    then: 'wait',
    actor,
    ...(input.uploads ? { uploads: input.uploads } : {}),
  };
  return keepReply(app, step, { ticket, input: reply, text });
}
