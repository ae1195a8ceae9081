import type { Knex } from 'knex';

/** How long a choice counts as load while the ticket is on its way to the one who was chosen. */
export const ON_THE_WAY_MS = 2 * 60_000;

interface Counted {
  readonly agentId: number;
  readonly priority: number;
  readonly n: number | string;
}

/**
 * What lies on somebody's desk, weighted by priority: tickets that are our move, whose he is the one who works. A ticket that
 * a higher tier works on counts there, not for its owner. What waits for the customer, is snoozed or done weighs nothing.
 */
export async function measureLoad(
  db: Knex,
  {
    agentIds,
    weights,
    at,
    except = 0,
  }: {
    agentIds: readonly number[];
    weights: Readonly<Record<number, number>>;
    at: Date;
    /** A ticket that is not counted: the one to be given. */
    except?: number;
  },
): Promise<ReadonlyMap<number, number>> {
  const ids = [...agentIds];
  const ours = () =>
    db('tickets')
      .where('tickets.bucket', 'open')
      .whereIn('tickets.category', ['new', 'open'])
      .whereNot('tickets.id', except);
  const since = new Date(at.getTime() - ON_THE_WAY_MS).toISOString();
  const held = (agentId: string) => ({ agentId, priority: 'tickets.priority' });
  // One statement: a ticket that is being assigned meanwhile is seen once, as chosen or as owned.
  const lying = ours()
    .leftJoin('routing_work', 'routing_work.ticketId', 'tickets.id')
    .whereNull('routing_work.workerId')
    .whereIn('tickets.assigneeId', ids)
    .select(held('tickets.assigneeId'))
    .unionAll([
      ours()
        .join('routing_work', 'routing_work.ticketId', 'tickets.id')
        .whereIn('routing_work.workerId', ids)
        .select(held('routing_work.workerId')),
      ours()
        .join('routing_choices', 'routing_choices.ticketId', 'tickets.id')
        .whereNull('tickets.assigneeId')
        .where('routing_choices.chosenAt', '>', since)
        .whereIn('routing_choices.agentId', ids)
        .select(held('routing_choices.agentId')),
    ]);
  const counted: Counted[] = await db
    .from(lying.as('lying'))
    .groupBy('agentId', 'priority')
    .select('agentId', 'priority', db.raw('count(*) as n'));
  const loads = new Map(ids.map((id) => [id, 0]));
  for (const { agentId, priority, n } of counted)
    loads.set(agentId, (loads.get(agentId) ?? 0) + Number(n) * (weights[priority] ?? 1));
  return loads;
}
