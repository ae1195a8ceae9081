import type { App } from '../../database/app.js';
import { change } from '../../database/change.js';
import { parseJson } from '../../database/record.js';
import { wordsOf } from '../../errors/define-errors.js';
import type { Actor } from '../../hooks/catalogue.js';
import { receiveMessage } from '../../tickets/actions/receive-message.js';
import { guessHat } from '../../tickets/queries/guess-hat.js';
import { ParseLater, type Channel, type ChannelAccount, type ChannelApp } from '../channel.js';
import type { IncomingMessage } from '../incoming-message.js';
import { findAccount } from '../queries/find-account.js';
import type { ClaimedItem } from './claim-intake.js';
import { decideContact } from './decide-contact.js';
import { decideTicket } from './decide-ticket.js';
import { noteBounce } from './note-bounce.js';
import { noteChange } from './note-change.js';
import { noteReaction } from './note-reaction.js';
import { LostLease, settleIntake } from './settle-intake.js';

const ATTEMPTS_MOST = 3;
/** After the first and the second try that the provider did not answer. */
const LATER_MS = [30_000, 300_000];

/** Turns one raw message into a message of a ticket, or says in the journal why not. Never throws for bad content. */
export async function processItem(app: ChannelApp, item: ClaimedItem): Promise<void> {
  try {
    const channel = app.channels.get(item.channel);
    if (!channel) return await park(app, item, { reason: 'channel-off' });
    // It was begun and never finished, again and again: it may be what kills the process.
    if (item.attempts > ATTEMPTS_MOST) return await park(app, item, { reason: 'crashed' });
    await processWith(app, item, { channel, account: await findAccount(app.db, item.accountId) });
  } catch (error) {
    if (error instanceof LostLease) return;
    const afterMs = error instanceof ParseLater ? LATER_MS[item.attempts - 1] : undefined;
    if (afterMs !== undefined) return await giveBack(app, item, afterMs);
    app.log.error({ err: error, intakeId: item.id }, 'a message could not be taken in');
    if (item.attempts < ATTEMPTS_MOST) return await giveBack(app, item);
    await park(app, item, { reason: 'failed', detail: wordsOf(error) });
  }
}

async function processWith(
  app: ChannelApp,
  item: ClaimedItem,
  { channel, account }: { channel: Channel; account: ChannelAccount },
): Promise<void> {
  const raw = {
    path: app.files.path(item.sha256),
    sha256: item.sha256,
    size: item.size,
    receivedAt: item.receivedAt,
    meta: parseJson<Record<string, unknown>>(item.meta, {}),
  };
  app.fault('intake.beforeParse');
  const parsed = await channel.parse(raw, account, { isLastTry: item.attempts >= ATTEMPTS_MOST });
  app.fault('intake.afterParse');
  if (parsed.problem === 'too-big') return refuse(app, item, { reason: 'too-big', detail: headline(parsed) });
  if (parsed.problem) return park(app, item, { reason: parsed.problem, detail: headline(parsed) });
  if (await isOurs(app, parsed))
    return refuse(app, item, { reason: 'own-message', detail: headline(parsed) });
  if (parsed.auto === 'bounce') return noteBounce(app, { item, account, message: parsed });
  const message = await filterIncoming(app, account, parsed);
  if (!hasSender(message)) return park(app, item, { reason: 'no-sender', detail: headline(message) });
  if (message.change?.kind === 'reacted') return noteReaction(app, { item, account, message });
  if (message.change) return noteChange(app, { item, account, message });
  await take(app, item, { account, message, isConversation: channel.isConversation === true });
}

type Sent = IncomingMessage & { from: NonNullable<IncomingMessage['from']> };
const hasSender = (message: IncomingMessage): message is Sent => message.from !== null;
const headline = ({ from, subject }: IncomingMessage) => `${from?.value ?? '?'}: ${subject ?? ''}`;

async function take(
  app: ChannelApp,
  item: ClaimedItem,
  { account, message, isConversation }: { account: ChannelAccount; message: Sent; isConversation: boolean },
): Promise<void> {
  const who = await decideContact(app, account, message);
  const contactId = 'contactId' in who.from ? who.from.contactId : null;
  const reopenDays = app.policy.reopenDays();
  const which = await decideTicket(app, account, { message, contactId, reopenDays, isConversation });
  const membership =
    contactId === null || which.ticketId !== null
      ? null
      : await guessHat(app.db, {
          contactId,
          lineId: account.lineId,
          address: message.from.value,
          channel: account.channel,
          subject: message.subject,
          now: app.now(),
        });
  const { from, to, cc } = message;
  app.fault('intake.beforeDeliver');
  await receiveMessage(app, {
    account,
    from: who.from,
    ticketId: which.ticketId,
    followUpOf: which.followUpOf,
    relatedTo: which.relatedTo,
    message: { ...message, participants: { from, to, cc } },
    membership,
    intakeId: item.id,
    evidence: [...who.evidence, ...which.evidence],
    settle: async (step, outcome) => {
      if (outcome.state === 'delivered')
        return settleIntake(step, item, { state: 'delivered', messageId: outcome.messageId });
      await settleIntake(step, item, { state: 'duplicate', duplicateOf: outcome.messageId });
      const actor: Actor = { kind: 'system', id: 'intake' };
      const { id: intakeId, accountId } = item;
      step.announce('intake.duplicate', { intakeId, accountId, messageId: outcome.messageId, actor });
    },
  });
  app.fault('intake.afterDeliver');
}

async function filterIncoming(
  app: ChannelApp,
  account: ChannelAccount,
  message: IncomingMessage,
): Promise<IncomingMessage> {
  if (!app.hooks.listens('message.incoming')) return message;
  const actor: Actor = { kind: 'system', id: 'intake' };
  const payload = { accountId: account.id, lineId: account.lineId, message, actor };
  return (await app.hooks.filter('message.incoming', payload)).message;
}

/** Our own letter come back: by a forward, a copy to another of our mailboxes, a loop. */
async function isOurs(app: App, { externalId }: IncomingMessage): Promise<boolean> {
  if (!externalId) return false;
  const own: unknown = await app.db('messages').where({ externalId, kind: 'outgoing' }).first('id');
  return own !== undefined;
}

interface Why {
  reason: string;
  detail?: string;
}

async function park(app: App, item: ClaimedItem, why: Why): Promise<void> {
  await change(app, async (step) => {
    await settleIntake(step, item, { state: 'parked', ...why });
    const actor: Actor = { kind: 'system', id: 'intake' };
    step.announce('intake.parked', {
      intakeId: item.id,
      accountId: item.accountId,
      reason: why.reason,
      actor,
    });
  });
}

async function refuse(app: App, item: ClaimedItem, why: Why): Promise<void> {
  await change(app, async (step) => {
    await settleIntake(step, item, { state: 'refused', ...why });
    const actor: Actor = { kind: 'system', id: 'intake' };
    step.announce('intake.refused', {
      intakeId: item.id,
      accountId: item.accountId,
      reason: why.reason,
      actor,
    });
  });
}

/** Back into the queue at once: a passing trouble, such as two workers meeting at one new contact. */
async function giveBack(app: App, item: ClaimedItem, afterMs?: number): Promise<void> {
  await change(app, async ({ trx, at }) => {
    const leaseUntil = afterMs === undefined ? null : new Date(Date.parse(at) + afterMs).toISOString();
    await trx('intake')
      .where({ id: item.id, fence: item.fence, state: 'processing' })
      .update({ state: 'received', leaseUntil });
  });
}
