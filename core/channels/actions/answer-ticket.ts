import type { Knex } from 'knex';
import { errors } from '../../errors/errors.js';
import {
  replyToTicket,
  type ReplyOutcome,
  type ReplyToTicket,
} from '../../tickets/actions/reply-to-ticket.js';
import { findTicket } from '../../tickets/queries/find-ticket.js';
import type { TicketRecord } from '../../tickets/models/ticket.js';
import type { Channel, ChannelAccount, ChannelApp, ChosenTemplate, FreezeMessage } from '../channel.js';
import { findAccount, listAccounts } from '../queries/find-account.js';
import { findAnswered } from '../queries/find-answered.js';
import { refuseOverLimits } from '../refuse-over-limits.js';

export type AnswerTicket = Omit<ReplyToTicket, 'account' | 'freeze' | 'holdMs'> & {
  accountId?: number;
  /** What may be pressed instead of writing. */
  buttons?: readonly string[];
  /** Sent instead of `text`, which may be empty then. */
  template?: ChosenTemplate;
};

/**
 * Answer the customer by the account the ticket came by (or another); it leaves after the time for undo, what a machine
 * writes at once.
 * @throws ACCOUNT_UNKNOWN, TEMPLATE_UNKNOWN, and what `refuseOverLimits` throws
 */
export async function answerTicket(
  app: ChannelApp,
  { buttons = [], template, ...input }: AnswerTicket,
): Promise<ReplyOutcome> {
  const ticket = await findTicket(app.db, input.ticketId);
  const account = input.accountId
    ? await findAccount(app.db, input.accountId)
    : await accountFor(app, ticket);
  const channel = account && app.channels.get(account.channel);
  if (!account || !channel) throw errors.ACCOUNT_UNKNOWN({ accountId: ticket.accountId ?? '—' });
  const text = template ? await fillTemplate(channel, account, template) : input.text;
  const { contactId } = ticket;
  await refuseOverLimits(
    { db: app.db, now: app.now() },
    { channel, account, contactId },
    {
      text,
      buttons,
      hasTemplate: template !== undefined,
      ...(input.uploads ? { uploads: input.uploads } : {}),
    },
  );
  const thread = { ticketId: ticket.id, channel: account.channel };
  const [agent, previous, customer, answered] = await Promise.all([
    input.agentId === null ? null : findWriter(app.db, input.agentId),
    listThread(app.db, thread),
    findCustomer(app.db, ticket.contactId),
    findAnswered(app.db, { ...thread, upTo: input.lastSeenMessageId }),
  ]);
  const people = { to: input.to, cc: input.cc ?? [] };
  const known = {
    account,
    ticket,
    agent,
    previous,
    customer,
    answered,
    template: template ?? null,
    ...people,
  };
  return replyToTicket(app, {
    ...input,
    text,
    account,
    // Nobody is there who could take back what a machine writes.
    holdMs: input.agentId === null ? 0 : app.policy.undoMs(channel),
    freeze: ({ at }, { messageId }) => ({
      ...channel.freeze({ ...known, messageId, at }),
      ...(buttons.length > 0 ? { buttons } : {}),
      ...(template ? { template } : {}),
    }),
  });
}

/** A template's text with its values in their places. @throws TEMPLATE_UNKNOWN */
async function fillTemplate(
  channel: Channel,
  account: ChannelAccount,
  { key, language, values }: ChosenTemplate,
): Promise<string> {
  const known = (await channel.templates?.(account)) ?? [];
  const template = known.find((one) => one.key === key && one.language === language);
  const isWhole = template?.values === values.length && values.every((value) => value.trim() !== '');
  if (!template || !isWhole) throw errors.TEMPLATE_UNKNOWN({ template: key });
  return template.text.replaceAll(/\{(\d+)\}/g, (place, n: string) => values[Number(n) - 1] ?? place);
}

/** Who signs an answer. */
export async function findWriter(db: Knex, agentId: number): Promise<FreezeMessage['agent']> {
  return (await db('agents').where({ id: agentId }).first('id', 'name', 'signature')) ?? null;
}

/** Who is answered. */
export async function findCustomer(db: Knex, contactId: number): Promise<FreezeMessage['customer']> {
  return (await db('contacts').where({ id: contactId }).first('name', 'language')) ?? null;
}

const THREAD_MOST = 20;

/** The channel's ids of what a ticket holds, oldest first: what an answer refers to. */
async function listThread(
  db: Knex,
  { ticketId, channel }: { ticketId: number; channel: string },
): Promise<string[]> {
  const rows: { externalId: string }[] = await db('messages')
    .where({ ticketId, channel })
    .whereNotNull('externalId')
    .orderBy('id', 'desc')
    .limit(THREAD_MOST)
    .select('externalId');
  return rows.map(({ externalId }) => externalId).toReversed();
}

/** The account a ticket is answered by: its own, else one of its line, else any of that channel that is on. */
export async function accountFor(app: ChannelApp, ticket: TicketRecord): Promise<ChannelAccount | undefined> {
  return chooseAccount(app, ticket, await listAccounts(app.db));
}

/** The same among accounts that are at hand. */
export function chooseAccount(
  { channels }: Pick<ChannelApp, 'channels'>,
  ticket: Pick<TicketRecord, 'accountId' | 'lineId'>,
  accounts: readonly ChannelAccount[],
): ChannelAccount | undefined {
  const usable = accounts.filter(({ enabled, channel }) => enabled && channels.has(channel));
  return (
    usable.find(({ id }) => id === ticket.accountId) ??
    usable.find(({ lineId }) => lineId === ticket.lineId) ??
    usable[0]
  );
}
