import {
  answerTicket,
  errors,
  findContactCard,
  isError,
  listAccounts,
  many,
  noteOnTicket,
  renderMarkdown,
  type Channel,
  type ChosenTemplate,
  type DeskContext,
  type Participant,
  type TicketRecord,
} from '@helpdesk/core';
import { z } from 'zod';
import { neighbours, parseView, ticketHref, viewHref } from '../inbox/ticket-views.js';
import { listWays, type Way } from './composer/list-ways.js';
import { unfilled } from './fill-reply.js';
import { findMentions } from './find-mentions.js';
import { readAddresses } from './read-addresses.js';
import { keepFiles } from './kept-files.js';
import type { Typed } from './present-composer.js';
import { showTicket } from './show-ticket.js';
import { ticketOf, withView } from './ticket-of.js';

const Message = z
  .object({
    via: z.string().max(100).default(''),
    body: z.string().max(100_000).default(''),
    to: z.string().max(320).default(''),
    cc: many(z.string().max(2000)),
    then: z.enum(['wait', 'solve', 'stay', 'next']).default('wait'),
    do: z.enum(['send', 'preview', 'template']).default('send'),
    template: z.string().max(600).optional(),
    templateValue: many(z.string().max(1000)),
    buttons: z.string().max(2000).default(''),
    insert: z.string().max(20).optional(),
    force: z.string().optional(),
    lastEventId: z.coerce.number().int().nonnegative().default(0),
    keepFile: many(z.string().max(64)),
    _once: z.string().max(100).optional(),
  })
  .transform(({ _once: once, cc, ...message }) => ({ ...message, cc: cc.join(', '), once }));
type Message = z.infer<typeof Message>;

/** What the editor sends: an answer, a note, or a look at either. What was typed never gets lost. */
export async function postMessage(ctx: DeskContext): Promise<void> {
  const ticket = await ticketOf(ctx);
  const message = await ctx.form(Message);
  const isNote = message.via === 'note';
  if (!ctx.can(isNote ? 'tickets.note' : 'tickets.reply'))
    throw errors.PERMISSION_MISSING({ permission: isNote ? 'tickets.note' : 'tickets.reply' });
  if (!isNote && message.then === 'solve' && !ctx.can('tickets.solve'))
    throw errors.PERMISSION_MISSING({ permission: 'tickets.solve' });
  const { files, problem } = await keepFiles(ctx, message.keepFile);
  const to = (await ctx.typed())[`to-${message.via}`] ?? message.to;
  const { via, body, cc, buttons, template, templateValue: templateValues } = message;
  const typed: Typed = {
    via,
    body,
    to,
    cc,
    files,
    buttons,
    templateValues,
    ...(template ? { template } : {}),
  };
  const again = (more: Partial<Typed>, status = 422) =>
    showTicket(ctx, ticket, { typed: { ...typed, ...more }, status });
  if (message.insert !== undefined) return again({ insert: message.insert }, 200);
  if (message.do === 'preview') return again({ previewHtml: renderMarkdown(message.body) }, 200);
  if (problem) return again({ error: problem });
  if (message.do === 'template') return again({}, 200);
  const isEmpty = message.body.trim() === '';
  if (isEmpty && (isNote || !template)) return again({ error: ctx.t('desk.ticket.empty') });
  if (isNote) return writeNote(ctx, ticket, { message, files });
  const place = unfilled(message.body);
  if (place) return again({ error: ctx.t('desk.ticket.unfilled', { place }) });
  const way = await findWay(ctx, ticket, message.via);
  if (!way) return again({ error: ctx.t('desk.ticket.cannotSend') });
  const recipients = readRecipients(ctx, { way, to, cc });
  if ('error' in recipients) return again({ error: recipients.error });
  await answer(ctx, ticket, { message, files, recipients, way, again });
}

/** The way that was chosen; an editor that names none means the ticket's own. */
async function findWay(ctx: DeskContext, ticket: TicketRecord, via: string): Promise<Way | undefined> {
  const [accounts, { identities }] = await Promise.all([
    listAccounts(ctx.db),
    findContactCard(ctx.db, ticket.contactId),
  ]);
  const ways = listWays(ctx.app, { ticket, accounts, identities });
  return ways.find(({ channel }) => channel.id === via) ?? (via === '' ? ways[0] : undefined);
}

type Again = (more: Partial<Typed>, status?: number) => Promise<void>;
interface Recipients {
  to: Participant[];
  cc: Participant[];
}

async function answer(
  ctx: DeskContext,
  ticket: TicketRecord,
  {
    message,
    files,
    recipients,
    way,
    again,
  }: {
    message: Message;
    files: readonly { id: string }[];
    recipients: Recipients;
    way: Way;
    again: Again;
  },
): Promise<void> {
  const template = message.body.trim() === '' ? readTemplate(message) : undefined;
  const buttons = way.channel.limits.maxButtons ? linesOf(message.buttons) : [];
  try {
    const outcome = await answerTicket(ctx.app, {
      ticketId: ticket.id,
      agentId: ctx.agent.id,
      text: message.body,
      accountId: way.account.id,
      ...(template ? { template } : {}),
      buttons,
      ...recipients,
      uploads: files.map(({ id }) => id),
      then: message.then === 'next' ? 'wait' : message.then,
      lastSeenMessageId: message.lastEventId,
      anyway: message.force !== undefined,
      ...(message.once ? { idempotencyKey: `reply:${ctx.agent.id}:${message.once}` } : {}),
      actor: ctx.actor,
    });
    if (outcome.state === 'newer') return await again({ isStale: true }, 409);
    showUndo(ctx, way.channel, outcome.messageId);
    const { afterReply } = ctx.agent.preferences;
    if (afterReply === 'list') return ctx.redirect(viewHref(parseView(ctx.query['view'])));
    await leave(ctx, ticket, afterReply === 'next' ? 'next' : message.then);
  } catch (error) {
    if (isError(error, 'TICKET_CHANGED')) return again({ isStale: true }, 409);
    if (isError(error, 'ACTION_REFUSED') || isError(error, 'HOOK_FAULT'))
      return again({ error: ctx.t(String(error.details['because'])) }, 409);
    if (isError(error, 'ACCOUNT_UNKNOWN')) return again({ error: ctx.t('desk.ticket.cannotSend') });
    const over = overLimits.find((code) => isError(error, code));
    if (over && isError(error, over)) return again({ error: ctx.t(`core.problem.${over}`, error.details) });
    throw error;
  }
}

/** What a channel cannot carry is said above the editor, with everything that was typed in it. */
const overLimits = [
  'ATTACHMENTS_TOO_LARGE',
  'ATTACHMENTS_TOO_MANY',
  'BUTTONS_TOO_MANY',
  'MESSAGE_TOO_LONG',
  'REPLY_WINDOW_CLOSED',
  'TEMPLATE_UNKNOWN',
] as const;

function readTemplate({ template = '', templateValue }: Message): ChosenTemplate {
  const [language = '', ...key] = template.split(':');
  return { language, key: key.join(':'), values: templateValue.map((value) => value.trim()) };
}

const linesOf = (text: string) =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

/** For as long as the answer is held, the next page offers to take it back. */
function showUndo({ app, t, flash }: DeskContext, channel: Channel, messageId: number): void {
  const seconds = Math.floor(app.policy.undoMs(channel) / 1000);
  if (seconds > 0)
    flash({ text: t('desk.ticket.leaves'), undo: { url: `/desk/messages/${messageId}/undo`, seconds } });
  else flash({ text: t('desk.ticket.queued'), tone: 'ok' });
}

async function leave(ctx: DeskContext, ticket: TicketRecord, then: Message['then']): Promise<void> {
  if (then !== 'next') return ctx.redirect(`${withView(ctx, `/desk/tickets/${ticket.id}`)}#composer`);
  const view = ctx.query['view'] ?? '';
  const { next } = await neighbours(ctx.app, ctx.viewer, view, ticket.id);
  const parsed = parseView(view);
  ctx.redirect(next ? ticketHref(next, parsed) : viewHref(parsed));
}

async function writeNote(
  ctx: DeskContext,
  ticket: TicketRecord,
  { message, files }: { message: Message; files: readonly { id: string }[] },
): Promise<void> {
  await noteOnTicket(ctx.app, {
    ticketId: ticket.id,
    agentId: ctx.agent.id,
    text: message.body,
    mentioned: await findMentions(ctx.app, message.body),
    uploads: files.map(({ id }) => id),
    ...(message.once ? { idempotencyKey: `note:${ctx.agent.id}:${message.once}` } : {}),
    actor: ctx.actor,
  });
  ctx.flash({ text: ctx.t('desk.ticket.noted'), tone: 'ok' });
  await leave(ctx, ticket, 'stay');
}

function readRecipients(
  ctx: DeskContext,
  { way: { channel, addresses }, to, cc }: { way: Way; to: string; cc: string },
): Recipients | { error: string } {
  const kind = channel.identityKind;
  if (kind !== 'email') {
    const known = addresses.find(({ value }) => value === to) ?? (to === '' ? addresses[0] : undefined);
    if (!known) return { error: ctx.t('desk.ticket.unknownRecipient') };
    return { to: [{ name: '', kind, value: known.value }], cc: [] };
  }
  const main = readAddresses(to);
  const copies = readAddresses(cc);
  if (main.wrong.length > 0 || main.right.length !== 1) return { error: ctx.t('desk.ticket.noRecipient') };
  const [wrong] = copies.wrong;
  if (wrong !== undefined) return { error: ctx.t('desk.ticket.badCopy', { address: wrong }) };
  if (copies.right.length > 50) return { error: ctx.t('desk.ticket.manyCopies', { count: 50 }) };
  const recipient = (value: string): Participant => ({ name: '', kind, value });
  return { to: main.right.map(recipient), cc: channel.limits.canCc ? copies.right.map(recipient) : [] };
}
