import { parseJson, type DeskContext, type TimelineEvent } from '@helpdesk/core';
import { companyLists } from './company-lists.js';
import { presentEvent } from './present-event.js';
import { tagNames } from './read-page.js';

const LOOKED_AT = 12;
const TOLD = 3;

/** Who did what to a ticket lately, the newest first: for somebody whose change came too late. */
export async function recentChanges(ctx: DeskContext, ticketId: number): Promise<string[]> {
  const [rows, lists, tags] = await Promise.all([
    ctx
      .db('events')
      .where({ ticketId })
      .orderBy('id', 'desc')
      .limit(LOOKED_AT)
      .select<(Omit<TimelineEvent, 'payload'> & { payload: string })[]>(
        'id',
        'name',
        'at',
        'actorKind',
        'actorId',
        'door',
        'payload',
      ),
    companyLists(ctx.app),
    tagNames(ctx),
  ]);
  return rows
    .flatMap(({ payload, ...row }) => {
      const shown = presentEvent(
        { ...row, payload: parseJson(payload, {}) },
        { t: ctx.t, lists, tags, hasText: ctx.app.hasText },
      );
      return shown ? [shown.who ? `${shown.who}: ${shown.text}` : shown.text] : [];
    })
    .slice(0, TOLD);
}
