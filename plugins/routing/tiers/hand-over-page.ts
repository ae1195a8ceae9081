import {
  errors,
  findTicket,
  listTeams,
  orNone,
  whole,
  type DeskContext,
  type TicketRecord,
} from '@helpdesk/core';
import { z } from 'zod';
import { listPeople } from '../assign/list-people.js';
import { pathId } from '../assign/path-id.js';
import { presentForm, type FieldSpec, type FormState } from '../assign/present-form.js';
import { addCard } from './add-card.js';
import { findWork } from './find-work.js';
import { handOver } from './hand-over.js';
import { whoAnswers } from './list-responsibilities.js';
import { localTime, momentOf } from './local-time.js';
import { readTiers, tierOf } from './tier.js';

const line = z.string().trim().min(1).max(500);
const Card = z.object({
  wanted: line,
  tried: line,
  promised: line,
  promisedAt: orNone(
    z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/, { error: 'routing.tiers.problem.time' }),
  ),
  _once: z.string().max(100).optional(),
});
const HandOver = Card.extend({ toTeamId: whole().positive(), workerId: orNone(whole().positive()) });

const ticketOf = (ctx: DeskContext) => findTicket(ctx.db, pathId(ctx), ctx.viewer);

export async function handOverPage(ctx: DeskContext): Promise<void> {
  const ticket = await ticketOf(ctx);
  const proposed = await whoAnswers(ctx.db, ticket);
  const [known, work] = await Promise.all([readTiers(ctx.db), findWork(ctx.db, ticket.id)]);
  const here = work?.tier ?? tierOf(known, ticket.teamId);
  const next = [2, 3].find((tier) => tier > here && proposed.has(tier));
  const toTeamId = next === undefined ? '' : String(proposed.get(next));
  await showHandOver(ctx, ticket, { typed: { toTeamId }, problems: {} });
}

/** Hands a ticket to a higher tier. Sent twice, it is handed over once. */
export async function postHandOver(ctx: DeskContext): Promise<void> {
  const ticket = await ticketOf(ctx);
  const form = await ctx.readForm(HandOver);
  if (!form.ok) return showHandOver(ctx, ticket, form, 422);
  const { _once, toTeamId, workerId, ...card } = form.value;
  const done = await handOver(ctx.app, {
    ticketId: ticket.id,
    toTeamId,
    workerId,
    card: { ...card, promisedAt: momentOf(card.promisedAt, ctx.timeZone) },
    agentId: ctx.agent.id,
    ...(_once === undefined ? {} : { idempotencyKey: _once }),
    actor: ctx.actor,
  });
  if (!done.ok) {
    const problems = { [done.field ?? 'toTeamId']: done.because };
    return showHandOver(ctx, ticket, { typed: await ctx.typed(), problems }, 422);
  }
  ctx.flash({ text: ctx.t('routing.tiers.handedOver') });
  ctx.redirect(`/desk/tickets/${ticket.id}`);
}

/** For a ticket that was moved upwards without its three lines. */
export async function addCardPage(ctx: DeskContext): Promise<void> {
  const ticket = await ticketOf(ctx);
  await workOf(ctx, ticket);
  await showCard(ctx, ticket, { typed: {}, problems: {} });
}

export async function postCard(ctx: DeskContext): Promise<void> {
  const ticket = await ticketOf(ctx);
  const work = await workOf(ctx, ticket);
  const form = await ctx.readForm(Card);
  if (!form.ok) return showCard(ctx, ticket, form, 422);
  const { _once, ...card } = form.value;
  const done = await addCard(ctx.app, {
    ticketId: ticket.id,
    handoverId: work.handoverId,
    card: { ...card, promisedAt: momentOf(card.promisedAt, ctx.timeZone) },
    agentId: ctx.agent.id,
    actor: ctx.actor,
  });
  if (!done.ok) {
    const problems = { [done.field ?? 'wanted']: done.because };
    return showCard(ctx, ticket, { typed: await ctx.typed(), problems }, 422);
  }
  ctx.flash({ text: ctx.t('routing.tiers.cardKept') });
  ctx.redirect(`/desk/tickets/${ticket.id}`);
}

async function workOf({ db }: DeskContext, { id }: TicketRecord) {
  const work = await findWork(db, id);
  if (!work) throw errors.NOT_FOUND();
  return work;
}

async function showHandOver(ctx: DeskContext, ticket: TicketRecord, state: FormState, status = 200) {
  const specs = [...(await placeFields(ctx, ticket)), ...cardFields(ctx)];
  await render(ctx, { ticket, state, specs, status, kind: 'handOver', path: 'hand-over' });
}

const showCard = (ctx: DeskContext, ticket: TicketRecord, state: FormState, status = 200) =>
  render(ctx, { ticket, state, specs: cardFields(ctx), status, kind: 'addCard', path: 'card' });

interface Shown {
  readonly ticket: TicketRecord;
  readonly state: FormState;
  readonly specs: readonly FieldSpec[];
  readonly status: number;
  readonly kind: 'handOver' | 'addCard';
  readonly path: string;
}

async function render(ctx: DeskContext, { ticket, state, specs, status, kind, path }: Shown) {
  const back = `/desk/tickets/${ticket.id}`;
  await ctx.render(
    'routing/tiers/hand-over',
    {
      ...presentForm(ctx, state, specs),
      heading: ctx.t(`routing.tiers.${kind}`),
      intro: ctx.t(`routing.tiers.${kind}.intro`),
      backUrl: back,
      backText: ctx.t('routing.tiers.toTicket', { number: ticket.number, subject: ticket.subject }),
      action: `/desk/routing/tickets/${ticket.id}/${path}`,
    },
    { status },
  );
}

async function placeFields(ctx: DeskContext, ticket: TicketRecord): Promise<FieldSpec[]> {
  const [teams, known, work, people] = await Promise.all([
    listTeams(ctx.db),
    readTiers(ctx.db),
    findWork(ctx.db, ticket.id),
    listPeople(ctx.app),
  ]);
  const here = work?.tier ?? tierOf(known, ticket.teamId);
  const above = teams.filter(({ id }) => tierOf(known, id) > here);
  const teamOptions = above.map(({ id, name }) => ({
    value: String(id),
    label: ctx.t('routing.tiers.teamOfTier', { name, tier: tierOf(known, id) }),
  }));
  const members = people.filter(({ teamIds }) => above.some(({ id }) => teamIds.includes(id)));
  const workers = members.map(({ agentId, name, away }) => ({
    value: String(agentId),
    label: away ? ctx.t('routing.tiers.personAway', { name }) : name,
  }));
  return [
    {
      name: 'toTeamId',
      label: ctx.t('routing.tiers.field.toTeamId'),
      kind: 'select',
      options: [{ value: '', label: ctx.t('routing.tiers.choose') }, ...teamOptions],
      required: true,
    },
    {
      name: 'workerId',
      label: ctx.t('routing.tiers.field.workerId'),
      kind: 'select',
      options: [{ value: '', label: ctx.t('routing.tiers.whoever') }, ...workers],
      hint: ctx.t('routing.tiers.hint.workerId'),
    },
  ];
}

function cardFields({ t, now, timeZone }: DeskContext): FieldSpec[] {
  const three = (['wanted', 'tried', 'promised'] as const).map((name) => ({
    name,
    label: t(`routing.tiers.card.${name}`),
    hint: t(`routing.tiers.hint.${name}`),
    maxlength: 500,
    required: true,
  }));
  return [
    ...three,
    {
      name: 'promisedAt',
      label: t('routing.tiers.field.promisedAt'),
      kind: 'datetime-local',
      optional: true,
      hint: t('routing.tiers.hint.promisedAt', { now: localTime(now, timeZone).slice(11), zone: timeZone }),
    },
  ];
}
