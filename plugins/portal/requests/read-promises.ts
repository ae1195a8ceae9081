import type { BaseContext, VisitorTicket } from '@helpdesk/core';
import { standingOf } from './standing.js';

type Promised = Pick<VisitorTicket, 'id' | 'category' | 'dueAt'>;

/**
 * Until when each request is answered, where somebody has said so and it is our move: by those who answer
 * `portal.promises`, else the due time of the ticket. A time that is over promises nothing any more.
 */
export async function readPromises(
  { app, now, actor }: Pick<BaseContext, 'app' | 'now' | 'actor'>,
  tickets: readonly Promised[],
): Promise<ReadonlyMap<number, string>> {
  const open = tickets.filter(({ category }) => standingOf(category) === 'working');
  const promises = new Map<number, string>();
  if (open.length === 0) return promises;
  const at = now.toISOString();
  const ids = new Set(open.map(({ id }) => id));
  if (app.hooks.listens('portal.promises')) {
    const asked = await app.hooks.collect('portal.promises', { ticketIds: [...ids], actor });
    for (const { answer } of asked) {
      const known = promises.get(answer.ticketId);
      const isNews = answer.by > at && (known === undefined || answer.by < known);
      if (isNews && ids.has(answer.ticketId)) promises.set(answer.ticketId, answer.by);
    }
  }
  for (const { id, dueAt } of open)
    if (dueAt !== null && dueAt > at && !promises.has(id)) promises.set(id, dueAt);
  return promises;
}
