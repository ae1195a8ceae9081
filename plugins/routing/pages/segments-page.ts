import type { DeskContext } from '@helpdesk/core';
import { archiveSegment } from '../segments/save-segment.js';
import { countMembers } from '../segments/find-segment.js';
import { readSegments } from '../segments/segments-of.js';
import { pathId } from './path-id.js';
import { wordsOf } from './words-of.js';

export const SEGMENTS = '/desk/routing/segments';

/** All segments with whom they have and who works for them. */
export async function segmentsPage(ctx: DeskContext): Promise<void> {
  const [segments, counts, { names }] = await Promise.all([
    readSegments(ctx.db),
    countMembers(ctx.db),
    wordsOf(ctx),
  ]);
  const teams = new Map(names.teams.map(({ value, label }) => [Number(value), label]));
  await ctx.render(
    'routing/segments',
    {
      newUrl: `${SEGMENTS}/new`,
      importUrl: `${SEGMENTS}/import`,
      segments: segments.map(({ id, mark, name, teamId, managerId }) => {
        const mine = counts.filter(({ segmentId }) => segmentId === id);
        return {
          mark,
          name,
          href: `${SEGMENTS}/${id}`,
          team: teamId === null ? undefined : teams.get(teamId),
          manager: managerId === null ? undefined : names.anyAgent.get(managerId),
          organizations: sum(mine.map(({ organizations }) => organizations)),
          contacts: sum(mine.map(({ contacts }) => contacts)),
        };
      }),
    },
    { page: { styles: ['routing/routing.css'] } },
  );
}

const sum = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0);

export async function archiveSegmentPage(ctx: DeskContext): Promise<void> {
  await archiveSegment(ctx.app, { segmentId: pathId(ctx), actor: ctx.actor });
  ctx.flash({ text: ctx.t('routing.segments.archived') });
  ctx.redirect(SEGMENTS);
}
