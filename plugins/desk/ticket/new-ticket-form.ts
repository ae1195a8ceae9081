import {
  listAccounts,
  listContacts,
  many,
  orNone,
  whole,
  type ChannelAccount,
  type DeskContext,
} from '@helpdesk/core';
import { z } from 'zod';
import type { FieldSpec } from '../admin/form-fields.js';
import { remember } from '../inbox/remember.js';
import { companyLists } from './company-lists.js';

/** The form of a new ticket: `how` is `phone`, `person`, or the id of an account to write by. */
export const newTicketSchema = z.object({
  how: z.string().max(20).default('phone'),
  contactId: orNone(whole().positive()),
  who: z.string().trim().max(200).default(''),
  name: z.string().trim().max(255).default(''),
  email: z.string().trim().max(320).default(''),
  phone: z.string().trim().max(40).default(''),
  subject: z.string().trim().max(998).default(''),
  text: z.string().max(100_000).default(''),
  lineId: orNone(whole().positive()),
  teamId: orNone(whole().positive()),
  assigneeId: orNone(whole().positive()),
  priority: z.coerce.number().pipe(z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4)])),
  type: orNone(z.string().max(64)),
  keepFile: many(z.string().max(64)),
  do: z.string().max(20).default(''),
  _once: z.string().max(100).optional(),
});
export type NewTicketForm = z.output<typeof newTicketSchema>;

/** What can be chosen; anything else is refused. */
export async function ticketChoices(ctx: DeskContext) {
  const [lists, accounts] = await Promise.all([
    companyLists(ctx.app),
    remember(ctx.app, 'accounts', () => listAccounts(ctx.db)),
  ]);
  const { lineIds } = ctx.viewer;
  return {
    lines: lists.lines.filter(({ id }) => lineIds === 'all' || lineIds.includes(id)),
    teams: lists.teams,
    agents: ctx.can('tickets.assign') ? lists.agents : lists.agents.filter(({ id }) => id === ctx.agent.id),
    types: lists.types,
    accounts: ctx.can('tickets.reply')
      ? accounts.filter(
          ({ enabled, channel, lineId }) =>
            enabled && ctx.app.channels.has(channel) && (lineIds === 'all' || lineIds.includes(lineId)),
        )
      : [],
  };
}
export type TicketChoices = Awaited<ReturnType<typeof ticketChoices>>;

type Choice = { value: string; label: string };

export function ticketFields(
  ctx: DeskContext,
  choices: TicketChoices,
): { how: FieldSpec; main: FieldSpec[]; props: FieldSpec[] } {
  const { t } = ctx;
  const none: Choice = { value: '', label: t('desk.newTicket.none') };
  const named = (rows: readonly { id: number; name: string }[]): Choice[] =>
    rows.map(({ id, name }) => ({ value: String(id), label: name }));
  const select = (name: string, options: Choice[]): FieldSpec => ({
    name,
    label: `desk.newTicket.${name}`,
    kind: 'select',
    options,
  });
  return {
    how: select('how', [
      { value: 'phone', label: t('desk.newTicket.phoneCall') },
      { value: 'person', label: t('desk.newTicket.inPerson') },
      ...choices.accounts.map((account) => ({ value: String(account.id), label: writeBy(ctx, account) })),
    ]),
    main: [
      { name: 'subject', label: 'desk.newTicket.subject', required: true, maxlength: 998 },
      {
        name: 'text',
        label: 'desk.newTicket.text',
        kind: 'textarea',
        rows: 8,
        required: true,
        maxlength: 100_000,
      },
    ],
    props: [
      select('lineId', named(choices.lines)),
      select('teamId', [none, ...named(choices.teams)]),
      select('assigneeId', [none, ...named(choices.agents)]),
      select(
        'priority',
        [4, 3, 2, 1].map((value) => ({ value: String(value), label: t(`desk.newTicket.priority${value}`) })),
      ),
      select('type', [none, ...choices.types.map(({ key, name }) => ({ value: key, label: name }))]),
    ],
  };
}

const writeBy = ({ t }: DeskContext, { name, address }: ChannelAccount) =>
  t('desk.newTicket.write', { account: name === address ? address : `${name} (${address})` });

export interface ContactChoice {
  readonly id: number;
  readonly name: string;
  readonly about: string;
  readonly isChosen: boolean;
}

/** Contacts to choose from: those that a search has found. */
export async function findContacts(
  ctx: DeskContext,
  who: string,
  chosen: number | null,
): Promise<ContactChoice[]> {
  if (who === '') return [];
  const rows = await listContacts(ctx.app, { query: who, limit: 8 });
  return rows.map(({ id, name, email, organization }) => ({
    id,
    name,
    about: [email, organization].filter(Boolean).join(' · '),
    isChosen: id === chosen || (chosen === null && rows.length === 1),
  }));
}
