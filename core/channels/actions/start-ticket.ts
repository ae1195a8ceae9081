import { followMerges } from '../../contacts/hold-contact.js';
import { errors } from '../../errors/errors.js';
import { openTicket, type OpenTicket } from '../../tickets/actions/open-ticket.js';
import type { Participant } from '../../tickets/models/participant.js';
import type { ChannelApp } from '../channel.js';
import { findCustomer, findWriter } from './answer-ticket.js';
import { findAccount } from '../queries/find-account.js';
import { refuseOverLimits } from '../refuse-over-limits.js';

export type StartTicket = Omit<OpenTicket, 'first' | 'agentId'> & {
  agentId: number;
  accountId: number;
  to: readonly Participant[];
  cc?: readonly Participant[];
};

/** Open a ticket by writing to the customer first, by an account of ours. @throws ACCOUNT_UNKNOWN when its channel is off */
export async function startTicket(
  app: ChannelApp,
  { accountId, to, cc = [], ...input }: StartTicket,
): Promise<{ ticketId: number; messageId: number }> {
  const account = await findAccount(app.db, accountId);
  const channel = app.channels.get(account.channel);
  if (!channel || !account.enabled) throw errors.ACCOUNT_UNKNOWN({ accountId });
  const { text, uploads, contactId } = input;
  await refuseOverLimits(
    { db: app.db, now: app.now() },
    { channel, account, contactId },
    { text, hasTemplate: false, ...(uploads ? { uploads } : {}) },
  );
  const [agent, customer] = await Promise.all([
    findWriter(app.db, input.agentId),
    followMerges(app.db, input.contactId).then((id) => findCustomer(app.db, id ?? input.contactId)),
  ]);
  const known = { account, agent, customer, previous: [], answered: null, template: null, to, cc };
  return openTicket(app, {
    ...input,
    first: {
      kind: 'send',
      account,
      to,
      cc,
      holdMs: app.policy.undoMs(channel),
      freeze: ({ at }, { messageId, ticket }) => channel.freeze({ ...known, ticket, messageId, at }),
    },
  });
}
