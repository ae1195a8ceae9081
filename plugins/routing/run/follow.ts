import type { Actor, Logged, Toolbox } from '@helpdesk/core';
import type { EventTrigger } from '../rules/definition.js';
import { listActive } from '../rules/list-rules.js';
import { chainOf, eventOccasion } from './occasion.js';
import { runRules, type Runner } from './run-rules.js';

type Follow = Toolbox<unknown, unknown, unknown, unknown, never>['follow'];
interface OnTicket {
  readonly ticketId: number;
  readonly actor: Actor;
}

/** What happened longer ago is history that was taken in, and no occasion for rules. */
const FRESH_MS = 24 * 3_600_000;

/** Rules run for what happens to tickets: durably, in the order of the log. */
export function followEvents(follow: Follow, runner: Runner): void {
  const run = (on: EventTrigger) => (event: OnTicket, logged: Logged) =>
    runFor(runner, { on, event, logged });
  const received = run('received');
  follow(
    {
      'ticket.opened': run('opened'),
      // The first letter is the opening.
      'message.received': (event, logged) => (event.first ? undefined : received(event, logged)),
      'message.replied': run('replied'),
      'ticket.reopened': run('reopened'),
      'ticket.waiting': run('waiting'),
      'ticket.solved': run('solved'),
      'ticket.closed': run('closed'),
      'ticket.assigned': run('assigned'),
      'ticket.transferred': run('transferred'),
      'ticket.prioritised': run('prioritised'),
      'ticket.typed': run('typed'),
      'ticket.tagged': run('tagged'),
      'ticket.lineChanged': run('lineChanged'),
      'ticket.contactChanged': run('contactChanged'),
      'ticket.hatChanged': run('hatChanged'),
    },
    { name: 'rules', from: 'now' },
  );
}

async function runFor(
  runner: Runner,
  { on, event, logged }: { on: EventTrigger; event: OnTicket; logged: Logged },
): Promise<void> {
  const { app } = runner;
  if (app.now().getTime() - logged.at.getTime() > FRESH_MS) return;
  const rules = (await listActive(app.db)).filter(({ definition }) =>
    definition.triggers.some((trigger) => trigger.on === on),
  );
  if (rules.length === 0) return;
  const chain = chainOf(event.actor);
  await runRules(runner, rules, {
    key: eventOccasion(logged.eventId),
    trigger: on,
    ticketId: event.ticketId,
    chain,
  });
}
