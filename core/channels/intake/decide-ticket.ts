import type { App } from '../../database/app.js';
import type { Actor } from '../../hooks/catalogue.js';
import type { NewEvidence } from '../../tickets/actions/receive-message.js';
import type { ChannelAccount } from '../channel.js';
import type { TicketCandidate } from '../hooks.js';
import type { IncomingMessage } from '../incoming-message.js';

export interface TicketDecision {
  ticketId: number | null;
  followUpOf: number | null;
  relatedTo: number | null;
  evidence: NewEvidence[];
}

const system: Actor = { kind: 'system', id: 'intake' };
const DAY_MS = 24 * 3_600_000;

/**
 * Which ticket does it continue? A strong answer (a signed token, the writer's own earlier message) joins only when the
 * writer takes part in that ticket; from a stranger it opens a new ticket that is linked. A weak one (a number in the
 * subject) never joins by itself.
 */
export async function decideTicket(
  app: App,
  account: ChannelAccount,
  asked: {
    message: IncomingMessage;
    contactId: number | null;
    reopenDays: number;
    isConversation?: boolean;
  },
): Promise<TicketDecision> {
  const candidates = await askForCandidates(app, account, asked);
  const decision: TicketDecision = { ticketId: null, followUpOf: null, relatedTo: null, evidence: [] };
  for (const candidate of candidates) {
    const verdict = decision.ticketId ? 'maybe' : await judge(app, candidate, asked);
    decision.evidence.push({
      candidateTicketId: candidate.ticketId,
      kind: candidate.kind,
      strength: candidate.strength,
      detail: candidate.detail ?? null,
      plugin: candidate.plugin,
      decision: verdict === 'too-old' ? 'taken' : verdict,
    });
    if (verdict === 'taken') decision.ticketId = candidate.ticketId;
    if (verdict === 'too-old') decision.followUpOf ??= candidate.ticketId;
    if (verdict === 'refused') decision.relatedTo ??= candidate.ticketId;
  }
  if (decision.ticketId !== null) return { ...decision, followUpOf: null, relatedTo: null };
  return asked.isConversation ? continueConversation(app, account, { ...asked, decision }) : decision;
}

/** Where the writer last wrote by this account: that ticket goes on, and one that is closed has a successor. */
async function continueConversation(
  app: App,
  account: ChannelAccount,
  { contactId, decision }: { contactId: number | null; decision: TicketDecision },
): Promise<TicketDecision> {
  if (contactId === null) return decision;
  const last: { id: number; closedAt: string | null } | undefined = await app
    .db('tickets')
    .where({ contactId, accountId: account.id })
    .orderBy('lastMessageAt', 'desc')
    .orderBy('id', 'desc')
    .first('id', 'closedAt');
  if (!last) return decision;
  const sign = {
    candidateTicketId: last.id,
    kind: 'conversation',
    strength: 'strong',
    plugin: 'core',
  } as const;
  const evidence = [...decision.evidence, { ...sign, decision: 'taken' as const }];
  return last.closedAt === null
    ? { ticketId: last.id, followUpOf: null, relatedTo: null, evidence }
    : { ...decision, followUpOf: decision.followUpOf ?? last.id, evidence };
}

type Judged = TicketCandidate & { plugin: string };

async function askForCandidates(
  app: App,
  account: ChannelAccount,
  { message, contactId }: { message: IncomingMessage; contactId: number | null },
): Promise<Judged[]> {
  const own = contactId === null ? [] : await ownEarlierMessages(app, account, { message, contactId });
  if (!app.hooks.listens('ticket.candidates')) return own;
  const payload = { accountId: account.id, lineId: account.lineId, contactId, message, actor: system };
  const asked = await app.hooks.collect('ticket.candidates', payload);
  return [...asked.map(({ plugin, answer }) => ({ ...answer, plugin })), ...own];
}

/** The writer answers a message of his own: a customer who adds something. Ids of messages prove nothing by themselves. */
async function ownEarlierMessages(
  app: App,
  account: ChannelAccount,
  { message, contactId }: { message: IncomingMessage; contactId: number },
): Promise<Judged[]> {
  const ids = [message.inReplyTo, ...message.references].filter((id) => id !== null).slice(-50);
  if (ids.length === 0) return [];
  const rows: { ticketId: number }[] = await app
    .db('messages')
    .whereIn('externalId', ids)
    .where({ kind: 'incoming', contactId, accountId: account.id })
    .orderBy('id', 'desc')
    .limit(1)
    .select('ticketId');
  return rows.map(({ ticketId }) => ({ ticketId, strength: 'strong', kind: 'own-message', plugin: 'core' }));
}

async function judge(
  app: App,
  candidate: Judged,
  {
    message,
    contactId,
    reopenDays,
  }: { message: IncomingMessage; contactId: number | null; reopenDays: number },
): Promise<'taken' | 'maybe' | 'refused' | 'too-old'> {
  if (candidate.strength === 'weak') return 'maybe';
  const ticket: { contactId: number; closedAt: string | null } | undefined = await app
    .db('tickets')
    .where({ id: candidate.ticketId })
    .first('contactId', 'closedAt');
  if (!ticket) return 'refused';
  const { from } = message;
  const takesPart =
    (contactId !== null && ticket.contactId === contactId) ||
    (await wroteOrWasWrittenTo(app, { ticketId: candidate.ticketId, contactId, address: from?.value ?? '' }));
  if (!takesPart) return 'refused';
  const closedFor = ticket.closedAt ? app.now().getTime() - Date.parse(ticket.closedAt) : 0;
  return closedFor > reopenDays * DAY_MS ? 'too-old' : 'taken';
}

async function wroteOrWasWrittenTo(
  app: App,
  { ticketId, contactId, address }: { ticketId: number; contactId: number | null; address: string },
): Promise<boolean> {
  if (contactId !== null) {
    const wrote: unknown = await app
      .db('messages')
      .where({ ticketId, contactId, kind: 'incoming' })
      .first('id');
    if (wrote) return true;
  }
  const written: unknown = await app
    .db('deliveries')
    .where({ ticketId, recipient: address.toLowerCase() })
    .whereIn('state', ['sent', 'uncertain', 'sending'])
    .first('id');
  return written !== undefined;
}
