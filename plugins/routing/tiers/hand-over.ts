import {
  change,
  findTicket,
  isDone,
  listTeams,
  onceOnly,
  type Actor,
  type HostApp,
  type Outcome,
} from '@helpdesk/core';
import { listPeople, seesLine } from '../assign/list-people.js';
import { findWork } from './find-work.js';
import { openHandover } from './open-handover.js';
import { settleHandover } from './settle-handover.js';
import { readTiers, tierOf } from './tier.js';

export interface HandOver {
  ticketId: number;
  toTeamId: number;
  /** Who of that team; null: whoever takes it. */
  workerId: number | null;
  card: NewCard;
  /** Who hands over. Owns the ticket from now on, if nobody did. */
  agentId: number;
  idempotencyKey?: string;
  actor: Actor;
}

export interface NewCard {
  readonly wanted: string;
  readonly tried: string;
  readonly promised: string;
  readonly promisedAt: string | null;
}

/**
 * Asks a higher tier for help: the ticket goes to that team with a card of three lines, which stays as a note. The owner stays.
 * @returns what is wrong by field of the form; @throws TICKET_UNKNOWN
 */
export async function handOver(app: HostApp, input: HandOver): Promise<Outcome<{ handoverId: number }>> {
  const { ticketId, toTeamId, workerId, card, agentId, actor } = input;
  const ticket = await findTicket(app.db, ticketId);
  const [work, known, problem] = await Promise.all([
    findWork(app.db, ticketId),
    readTiers(app.db),
    whatIsWrong(app, input, ticket.lineId),
  ]);
  if (isDone(ticket.category)) return no('done', 'toTeamId');
  if (problem) return problem;
  const toTier = tierOf(known, toTeamId);
  const fromTier = work?.tier ?? tierOf(known, ticket.teamId);
  const handoverId = await change(app, (step) =>
    onceOnly(step, input.idempotencyKey, async () => {
      if (toTier <= fromTier) return null;
      return openHandover(step, {
        ticketId,
        fromTeamId: ticket.teamId,
        toTeamId,
        fromTier,
        toTier,
        agentId,
        workerId,
        card: { ...card, by: agentId },
        actor,
      });
    }),
  );
  if (handoverId === null) return no('notHigher', 'toTeamId');
  await settleHandover(app, handoverId, actor);
  return { ok: true, handoverId };
}

const no = (problem: string, field: string): Outcome<never> => ({
  ok: false,
  because: `routing.tiers.problem.${problem}`,
  field,
});

async function whatIsWrong(
  app: HostApp,
  { toTeamId, workerId, card }: HandOver,
  lineId: number | null,
): Promise<Outcome<never> | undefined> {
  for (const line of ['wanted', 'tried', 'promised'] as const)
    if (card[line].trim() === '') return { ok: false, because: 'core.form.required', field: line };
  const [teams, everybody] = await Promise.all([listTeams(app.db), listPeople(app)]);
  if (!teams.some(({ id }) => id === toTeamId)) return no('noTeam', 'toTeamId');
  const members = everybody.filter(({ teamIds }) => teamIds.includes(toTeamId));
  if (members.length === 0) return no('emptyTeam', 'toTeamId');
  const seeing = members.filter((person) => seesLine(person, lineId));
  if (seeing.length === 0) return no('blind', 'toTeamId');
  if (workerId !== null && !seeing.some(({ agentId }) => agentId === workerId))
    return no('notMember', 'workerId');
  return undefined;
}
