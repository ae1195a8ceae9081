import {
  assignTicket,
  isError,
  listStatuses,
  listTags,
  noteOnTicket,
  reopenTicket,
  setPriority,
  setType,
  solveTicket,
  tagTicket,
  transferTicket,
  untagTicket,
  waitForCustomer,
  waitForOthers,
  wordsOf,
  findTicket,
  fold,
  type Actor,
  type HostApp,
  type TicketRecord,
} from '@helpdesk/core';
import type { Action, Strategy } from '../rules/definition.js';
import type { RuleRecord } from '../rules/list-rules.js';
import { segmentsOfTickets } from '../segments/segments-of.js';
import { acknowledge } from './acknowledge.js';
import type { Occasion } from './occasion.js';
import { replyFromRule } from './reply.js';
import { verdictOn, type Runner } from './run-rules.js';
import type { ActionTrace } from './trace.js';

/** Chooses who shall own a ticket; assigning is the caller's. */
export type Chooser = (
  app: HostApp,
  wanted: { strategy: Strategy; teamId: number | null; ticketId: number },
) => Promise<{ agentId: number | null; why: { key: string; values: Record<string, unknown> } }>;

export interface Acting {
  readonly rule: RuleRecord;
  readonly occasion: Occasion;
  readonly actor: Actor;
  /** What a run that ended in the middle had done already. */
  readonly done: readonly ActionTrace[];
  /** Called between two actions, so that none is done again after a crash. */
  keep(actions: readonly ActionTrace[]): Promise<void>;
}
type Came = Omit<ActionTrace, 'action'>;

const TRIES = 3;

/**
 * Does what a rule says, one action after the other. What core or a plugin refuses is told and the rest goes on; what
 * fails for another reason throws, and is tried again by whoever called.
 */
export async function act(runner: Runner, acting: Acting): Promise<ActionTrace[]> {
  const came: ActionTrace[] = [...acting.done];
  let isOver = false;
  for (const [index, action] of acting.rule.definition.actions.entries()) {
    if (index < acting.done.length) continue;
    if (index > acting.done.length) await acting.keep(came);
    if (isOver) {
      came.push({ action, outcome: 'notTried' });
      continue;
    }
    const one = await tryAction(runner, acting, { action, index });
    came.push({ action, ...one });
    isOver = one.outcome === 'changed';
  }
  return came;
}

async function tryAction(
  runner: Runner,
  acting: Acting,
  { action, index }: { action: Action; index: number },
): Promise<Came> {
  for (let left = TRIES; ; left--) {
    try {
      return await doAction(runner, acting, { action, index });
    } catch (error) {
      if (!isError(error)) throw error;
      if (!isError(error, 'TICKET_CHANGED'))
        return {
          outcome: 'refused',
          why: { key: 'routing.why.refused', values: { because: wordsOf(error) } },
        };
      // Somebody was quicker: the rule acts only when it holds for what they have made of the ticket.
      const verdict = await verdictOn(runner.app, acting.rule, acting.occasion.ticketId);
      if (!verdict?.holds || left <= 1) return { outcome: 'changed' };
    }
  }
}

async function doAction(
  runner: Runner,
  { rule, occasion, actor }: Acting,
  { action, index }: { action: Action; index: number },
): Promise<Came> {
  const { app } = runner;
  const { ticketId } = occasion;
  const ticket = await findTicket(app.db, ticketId);
  const on = { ticketId, expectedVersion: ticket.version, actor };
  const idempotencyKey = `routing:${rule.id}:${ticketId}:${occasion.key}:${index}`;
  switch (action.kind) {
    case 'team': {
      const teamId = action.teamId === 'segment' ? await segmentTeam(app, ticket) : action.teamId;
      if (teamId === undefined) return { outcome: 'skipped', why: { key: 'routing.why.noTeam', values: {} } };
      return moved(ticket, await transferTicket(app, { ...on, teamId }));
    }
    case 'agent':
      return moved(ticket, await assignTicket(app, { ...on, assigneeId: action.agentId }));
    case 'assign':
      return assign(runner, ticket, { action, on });
    case 'priority':
      return moved(ticket, await setPriority(app, { ...on, priority: action.priority }));
    case 'type':
      return moved(ticket, await setType(app, { ...on, type: action.type }));
    case 'tag':
      return tag(app, ticket, { name: action.tag, actor });
    case 'untag':
      return untag(app, ticket, { name: action.tag, actor });
    case 'status':
      return move(app, ticket, { status: action.status, on });
    case 'note':
      await noteOnTicket(app, { ticketId, agentId: null, text: action.text, idempotencyKey, actor });
      return { outcome: 'done' };
    case 'reply':
      return replyFromRule(runner, ticket, { savedReplyId: action.savedReplyId, idempotencyKey, actor });
    case 'acknowledge':
      return acknowledge(runner, ticket, { text: action.text, idempotencyKey, actor });
  }
}

interface On {
  readonly ticketId: number;
  readonly expectedVersion: number;
  readonly actor: Actor;
}

const moved = (before: TicketRecord, after: TicketRecord): Came => ({
  outcome: after.version === before.version ? 'unchanged' : 'done',
});

/** The team of the customer's segment; undefined: it has none. */
async function segmentTeam(app: HostApp, ticket: TicketRecord): Promise<number | undefined> {
  const segment = (await segmentsOfTickets(app.db, [ticket], app.now().toISOString())).get(ticket.id);
  return segment?.teamId ?? undefined;
}

async function assign(
  { app, choose }: Runner,
  ticket: TicketRecord,
  { action, on }: { action: Extract<Action, { kind: 'assign' }>; on: On },
): Promise<Came> {
  const teamId = action.teamId ?? ticket.teamId;
  const { agentId, why } = await choose(app, { strategy: action.strategy, teamId, ticketId: ticket.id });
  if (agentId === null) return { outcome: 'skipped', why };
  return { ...moved(ticket, await assignTicket(app, { ...on, assigneeId: agentId })), why };
}

async function tag(
  app: HostApp,
  { id: ticketId }: TicketRecord,
  { name, actor }: { name: string; actor: Actor },
): Promise<Came> {
  const had = await hasTag(app, ticketId, name);
  if (had) return { outcome: 'unchanged' };
  await tagTicket(app, { ticketId, tag: name, actor });
  return { outcome: 'done' };
}

async function untag(
  app: HostApp,
  { id: ticketId }: TicketRecord,
  { name, actor }: { name: string; actor: Actor },
): Promise<Came> {
  const had = await hasTag(app, ticketId, name);
  if (!had) return { outcome: 'unchanged' };
  await untagTicket(app, { ticketId, tagId: had.id, actor });
  return { outcome: 'done' };
}

async function hasTag(app: HostApp, ticketId: number, name: string): Promise<{ id: number } | undefined> {
  return (await listTags(app.db, [ticketId])).find((tagged) => fold(tagged.name) === fold(name));
}

async function move(
  app: HostApp,
  ticket: TicketRecord,
  { status, on }: { status: string; on: On },
): Promise<Came> {
  const known = (await listStatuses(app.db)).find(({ key }) => key === status);
  if (!known) return { outcome: 'refused', why: { key: 'routing.why.noStatus', values: { status } } };
  if (ticket.status === status) return { outcome: 'unchanged' };
  const wanted = { ...on, status };
  switch (known.category) {
    case 'waiting_customer':
      return moved(ticket, await waitForCustomer(app, wanted));
    case 'waiting_other':
      return moved(ticket, await waitForOthers(app, wanted));
    case 'solved':
      return moved(ticket, await solveTicket(app, wanted));
    case 'open':
      return moved(ticket, await reopenTicket(app, wanted));
    case 'new':
    case 'closed':
      return { outcome: 'refused', why: { key: 'routing.why.noStatus', values: { status } } };
  }
}
