import { createHash } from 'node:crypto';
import {
  errors,
  findContactCard,
  guessHat,
  isError,
  openTicket,
  startTicket,
  type ChannelAccount,
  type DeskContext,
  type Participant,
} from '@helpdesk/core';
import { presentForm } from '../admin/form-fields.js';
import { queryId } from '../admin/path-id.js';
import { keepFiles, type KeptFile } from './kept-files.js';
import { ticketContact, type Problems } from './new-ticket-contact.js';
import {
  findContacts,
  newTicketSchema,
  ticketChoices,
  ticketFields,
  type NewTicketForm,
  type TicketChoices,
} from './new-ticket-form.js';

/** The form of a new ticket; `?contact=` says for whom. */
export async function newTicketPage(ctx: DeskContext): Promise<void> {
  const contactId = queryId(ctx, 'contact') ?? null;
  const typed = {
    how: ctx.query['how'] ?? 'phone',
    priority: '2',
    subject: (ctx.query['subject'] ?? '').slice(0, 998),
  };
  await show(ctx, { typed, contactId });
}

/** Opens a ticket for what was heard, or by writing to the customer first. What was typed stays until it succeeds. */
export async function createTicket(ctx: DeskContext): Promise<void> {
  const form = await ctx.readForm(newTicketSchema);
  const typed = await ctx.typed();
  const { files, problem } = await keepFiles(ctx, form.ok ? form.value.keepFile : []);
  if (!form.ok) return show(ctx, { typed, problems: form.problems, files, contactId: null });
  if (problem) return show(ctx, { typed, files, contactId: form.value.contactId, message: problem });
  const wanted = form.value;
  const state = { typed, files, contactId: wanted.contactId };
  if (wanted.do !== '')
    return show(ctx, { ...state, ...(wanted.do === 'other' ? { contactId: null } : {}), isAsked: true });
  const choices = await ticketChoices(ctx);
  const problems = problemsOf(wanted, choices);
  if (Object.keys(problems).length > 0) return show(ctx, { ...state, problems });
  const contact = await ticketContact(ctx, wanted);
  if ('problems' in contact) return show(ctx, { ...state, problems: contact.problems });
  const account = choices.accounts.find(({ id }) => String(id) === wanted.how);
  const to = account ? await recipientOf(ctx, contact.contactId, account) : undefined;
  if (account && !to)
    return show(ctx, {
      ...state,
      contactId: contact.contactId,
      problems: { how: 'desk.newTicket.bad.unreachable' },
    });
  try {
    const made = await open(ctx, { wanted, choices, contactId: contact.contactId, files, account, to });
    ctx.flash({ text: ctx.t('desk.newTicket.opened') });
    ctx.redirect(`/desk/tickets/${made.ticketId}`);
  } catch (error) {
    if (!isError(error, 'ACTION_REFUSED')) throw error;
    await show(ctx, {
      ...state,
      contactId: contact.contactId,
      message: ctx.t(String(error.details['because'])),
    });
  }
}

/** Every id is compared with what this agent may choose. */
function problemsOf(form: NewTicketForm, choices: TicketChoices): Problems {
  const problems: Problems = {};
  const refuse = (field: string, isWrong: boolean, because = 'core.form.choice') => {
    if (isWrong) problems[field] = because;
  };
  const misses = (rows: readonly { id: number }[], id: number | null) =>
    id !== null && !rows.some((row) => row.id === id);
  refuse('subject', form.subject === '', 'core.form.required');
  refuse('text', form.text.trim() === '', 'core.form.required');
  refuse('lineId', misses(choices.lines, form.lineId));
  refuse('teamId', misses(choices.teams, form.teamId));
  refuse('assigneeId', misses(choices.agents, form.assigneeId));
  refuse('type', form.type !== null && !choices.types.some(({ key }) => key === form.type));
  refuse(
    'how',
    !['phone', 'person'].includes(form.how) && !choices.accounts.some(({ id }) => String(id) === form.how),
  );
  return problems;
}

async function recipientOf(
  ctx: DeskContext,
  contactId: number,
  account: ChannelAccount,
): Promise<Participant | undefined> {
  const kind = ctx.app.channels.get(account.channel)?.identityKind;
  const { contact, identities } = await findContactCard(ctx.db, contactId);
  const fitting = identities.filter((identity) => identity.kind === kind);
  const best = fitting.find(({ failedAt }) => failedAt === null) ?? fitting[0];
  return best ? { name: contact.name, kind: best.kind, value: best.normalised } : undefined;
}

interface Opened {
  wanted: NewTicketForm;
  choices: TicketChoices;
  contactId: number;
  files: readonly KeptFile[];
  account: ChannelAccount | undefined;
  to: Participant | undefined;
}

async function open(ctx: DeskContext, { wanted, choices, contactId, files, account, to }: Opened) {
  const { subject, text, teamId, assigneeId, priority, type, how, _once } = wanted;
  const lineId = wanted.lineId ?? account?.lineId ?? choices.lines[0]?.id ?? null;
  const hat = await guessHat(ctx.db, {
    contactId,
    lineId,
    address: to?.value ?? '',
    channel: account?.channel ?? how,
    subject,
    now: ctx.now,
  });
  const ticket = {
    subject,
    text,
    contactId,
    lineId,
    ...(hat ? { membershipId: hat.id, hatReason: hat } : {}),
    teamId,
    assigneeId,
    priority,
    type,
    agentId: ctx.agent.id,
    uploads: files.map(({ id }) => id),
    actor: ctx.actor,
    ...(_once ? { idempotencyKey: onceKey(ctx, _once) } : {}),
  };
  if (!account) return openTicket(ctx.app, { ...ticket, first: { kind: 'heard', channel: how } });
  if (!to) throw errors.CONTACT_UNKNOWN();
  return startTicket(ctx.app, { ...ticket, accountId: account.id, to: [to] });
}

// Keys come from the page; one agent's cannot stand for another's.
const onceKey = ({ agent }: DeskContext, once: string) =>
  `new-ticket ${agent.id} ${createHash('sha256').update(once).digest('base64url')}`;

interface Shown {
  readonly typed: Readonly<Record<string, string>>;
  readonly problems?: Readonly<Record<string, string>>;
  readonly files?: readonly KeptFile[];
  readonly contactId: number | null;
  readonly message?: string;
  /** Somebody only looks for a contact: nothing is wrong yet. */
  readonly isAsked?: boolean;
}

async function show(
  ctx: DeskContext,
  { typed, problems = {}, files, contactId, message, isAsked }: Shown,
): Promise<void> {
  const who = (typed['who'] ?? '').trim().slice(0, 200);
  const [choices, contact, found] = await Promise.all([
    ticketChoices(ctx),
    contactId === null ? undefined : chosenContact(ctx, contactId),
    findContacts(ctx, who, contactId),
  ]);
  const specs = ticketFields(ctx, choices);
  const state = { typed, problems };
  const parts = {
    how: presentForm(ctx, state, [specs.how]),
    main: presentForm(ctx, state, specs.main),
    props: presentForm(ctx, state, specs.props),
    contact: presentForm(ctx, state, [
      { name: 'name', label: 'desk.newTicket.name', maxlength: 255, autocomplete: 'off' },
      { name: 'email', label: 'desk.newTicket.email', maxlength: 320, autocomplete: 'off' },
      { name: 'phone', label: 'desk.newTicket.phone', kind: 'tel', maxlength: 40, autocomplete: 'off' },
    ]),
  };
  const whoError = problems['who']
    ? [{ id: 'f-who', label: ctx.t('desk.newTicket.who'), message: ctx.t(problems['who']) }]
    : [];
  const listed = [...whoError, ...Object.values(parts).flatMap((part) => part.errors)];
  const status = isAsked || (listed.length === 0 && message === undefined) ? 200 : 422;
  await ctx.render(
    'desk/ticket-new',
    {
      ...parts,
      errors: isAsked ? [] : listed,
      message,
      contact: parts.contact,
      chosen: contact,
      found,
      who,
      isSearched: who !== '',
      files,
    },
    { status },
  );
}

async function chosenContact(ctx: DeskContext, contactId: number) {
  try {
    const { contact, identities } = await findContactCard(ctx.db, contactId);
    return {
      id: contact.id,
      name: contact.name,
      about: identities
        .map(({ value }) => value)
        .slice(0, 3)
        .join(' · '),
    };
  } catch (error) {
    if (!isError(error, 'CONTACT_UNKNOWN')) throw error;
    return undefined;
  }
}
