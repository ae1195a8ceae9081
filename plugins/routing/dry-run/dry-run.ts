import type { HostApp } from '@helpdesk/core';
import { evaluate, type Verdict } from '../conditions/evaluate.js';
import { readPeople } from '../facts/read-people.js';
import { toFacts } from '../facts/to-facts.js';
import type { Action, Definition, Trigger } from '../rules/definition.js';
import type { TicketState } from '../facts/ticket-state.js';
import { readPast, type Past } from './read-past.js';
import { replayTicket, type Moment } from './replay-ticket.js';

export const DRY_RUN_TICKETS = 500;

/** A ticket that the rule would have caught, at the first moment that it would. */
export interface Caught {
  readonly ticketId: number;
  readonly number: number;
  readonly subject: string;
  readonly at: string;
  readonly trigger: Trigger;
  readonly verdict: Verdict;
  /** How often in all. */
  readonly times: number;
  readonly actions: readonly { readonly action: Action; readonly isSoAlready: boolean }[];
}
export interface DryRun {
  /** How many tickets were looked at. */
  readonly tickets: number;
  /** On how many of them the rule would have been asked at all. */
  readonly asked: number;
  readonly caught: readonly Caught[];
}

/**
 * What a rule would have done with the newest tickets, had it been there all the time. Tickets are rebuilt from the event
 * log, each as it was when the rule would have been asked; names, subjects, segments and roles of contacts are those of
 * today. Reads only.
 */
export async function dryRun(
  app: HostApp,
  definition: Pick<Definition, 'triggers' | 'conditions' | 'actions'>,
  limit = DRY_RUN_TICKETS,
): Promise<DryRun> {
  const caught: Caught[] = [];
  let [tickets, asked] = [0, 0];
  const now = app.now().toISOString();
  let some: Past[] = [];
  for await (const past of readPast(app.db, limit)) {
    tickets += 1;
    some.push(past);
    if (some.length < 100) continue;
    await look();
  }
  await look();
  return { tickets, asked, caught };

  async function look(): Promise<void> {
    const lives = some.map(({ ticket, events }) => ({
      ticket,
      moments: replayTicket(ticket, events, { triggers: definition.triggers, now }),
    }));
    some = [];
    const states = lives.flatMap(({ moments }) => moments.map(({ state }) => state));
    if (states.length === 0) return;
    const people = await readPeople(app.db, states, now);
    for (const { ticket, moments } of lives) {
      if (moments.length === 0) continue;
      asked += 1;
      const held = moments.flatMap((moment) => judge(moment));
      const first = held[0];
      if (first)
        caught.push({
          ticketId: ticket.id,
          number: ticket.number,
          subject: ticket.subject,
          ...first,
          times: held.length,
        });
    }

    function judge({ state, at, trigger }: Moment) {
      const facts = toFacts(state, { people, at: new Date(at), timeZone: app.company.timeZone });
      const verdict = evaluate(definition.conditions, facts);
      if (!verdict.holds) return [];
      const actions = definition.actions.map((action) => ({ action, isSoAlready: isSo(action, state) }));
      return [{ at, trigger, verdict, actions }];
    }
  }
}

/** Whether an action would have changed nothing. */
function isSo(action: Action, state: TicketState): boolean {
  switch (action.kind) {
    case 'team':
      return action.teamId === state.teamId;
    case 'agent':
      return action.agentId === state.assigneeId;
    case 'priority':
      return action.priority === state.priority;
    case 'type':
      return action.type === state.type;
    case 'status':
      return action.status === state.status;
    case 'tag':
      return state.tags.includes(action.tag);
    case 'untag':
      return !state.tags.includes(action.tag);
    case 'assign':
    case 'note':
    case 'reply':
    case 'acknowledge':
      return false;
  }
}
