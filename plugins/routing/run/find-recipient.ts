import {
  accountFor,
  findContactCard,
  parseJson,
  refusesLinks,
  type ChannelAccount,
  type HostApp,
  type MessageRecord,
  type Participant,
  type TicketRecord,
} from '@helpdesk/core';
import { plainWords } from './fill-template.js';
import type { ActionTrace } from './trace.js';

type Skipped = Omit<ActionTrace, 'action'> & { readonly outcome: 'skipped' };
export const skipped = (key: string, values: Readonly<Record<string, unknown>> = {}): Skipped => ({
  outcome: 'skipped',
  why: { key: `routing.why.${key}`, values },
});

type Latest = Pick<MessageRecord, 'auto' | 'contactId' | 'participants' | 'flags'>;
export interface Recipient {
  readonly to: Participant;
  readonly identityId: number;
  readonly account: ChannelAccount;
  /** What came from outside last. */
  readonly latest: Latest | undefined;
}

/**
 * To whom a machine may answer (RFC 3834), or why to nobody: never what a machine, a list or a bounce wrote, never to a machine's
 * address or one of ours, and not while it is not decided who writes. Two machines must not write to each other for ever.
 */
export async function findRecipient(app: HostApp, ticket: TicketRecord): Promise<Recipient | Skipped> {
  if (ticket.undecidedSince !== null) return skipped('undecided');
  const latest = await findLatest(app, ticket);
  if (latest?.auto || latest?.flags.includes('no-return-path')) return skipped('automatic');
  const account = await accountFor(app, ticket);
  const kind = account && app.channels.get(account.channel)?.identityKind;
  if (!kind) return skipped('noAddress');
  const { contact, identities } = await findContactCard(app.db, ticket.contactId);
  const own = identities.filter((one) => one.kind === kind && one.failedAt === null);
  // The address that the customer wrote from when it is known to be his, else his first one of the channel.
  const from = latest?.participants.from?.value.toLowerCase();
  const chosen = own.find(({ normalised, value }) => normalised === from || value === from) ?? own[0];
  if (!chosen) return skipped('noAddress');
  if (kind === 'email' && (await refusesLinks(app.db, chosen.normalised))) return skipped('machineAddress');
  return {
    to: { name: plainWords(contact.name, 100), kind, value: chosen.value },
    identityId: chosen.id,
    account,
    latest,
  };
}

async function findLatest(app: HostApp, { id }: TicketRecord): Promise<Latest | undefined> {
  const row = (await app
    .db('messages')
    .where({ ticketId: id, kind: 'incoming' })
    .orderBy('id', 'desc')
    .first('auto', 'contactId', 'participants', 'flags')) as
    | (Omit<Latest, 'participants' | 'flags'> & { participants: string; flags: string })
    | undefined;
  return row && { ...row, participants: parseJson(row.participants, {}), flags: parseJson(row.flags, []) };
}
