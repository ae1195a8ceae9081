import { agentNames, findMerge, type DeskContext, type MergePlace, type MergeRecord } from '@helpdesk/core';
import { pathId } from '../../admin/path-id.js';

/** What people count; evidence and the like go along unsaid. */
const counted = ['tickets', 'messages', 'identities', 'memberships'] as const satisfies readonly MergePlace[];

/** One merge: what went over, what an undo brings back and what it cannot. */
export async function mergePage(ctx: DeskContext): Promise<void> {
  const merge = await findMerge(ctx.db, { mergeId: pathId(ctx), now: ctx.now });
  const { keptId, goneId } = merge;
  const [names, people] = await Promise.all([
    agentNames(ctx.db),
    ctx.db('contacts').whereIn('id', [keptId, goneId]).select<{ id: number; name: string }[]>('id', 'name'),
  ]);
  const nameOf = (id: number) => people.find((one) => one.id === id)?.name ?? '—';
  const left = presentLeft(ctx, merge);
  await ctx.render('desk/contact-merge-record', {
    kept: { name: nameOf(keptId), href: `/desk/contacts/${keptId}` },
    gone: { name: nameOf(goneId), href: merge.undoneAt ? `/desk/contacts/${goneId}` : undefined },
    mergedAt: merge.mergedAt,
    mergedBy: names.get(merge.mergedBy ?? 0)?.name,
    undoneAt: merge.undoneAt,
    undoneBy: names.get(merge.undoneBy ?? 0)?.name,
    undoableUntil: merge.undoableUntil,
    moved: presentRows(ctx, merge.moved, 'desk.merge.moved'),
    left,
    because: merge.undoneAt ? undefined : merge.because,
    firstUrl: merge.undoFirst && `/desk/contacts/merges/${merge.undoFirst}`,
    undoUrl: merge.because ? undefined : `/desk/contacts/merges/${merge.id}/undo`,
  });
}

/** Numbers of tickets and letters tell of lines that the reader may not see. */
function presentRows(ctx: DeskContext, rows: MergeRecord['moved'], texts: string): string[] {
  const sees = ctx.viewer.lineIds === 'all' && ctx.can('tickets.read');
  return counted
    .filter((place) => sees || (place !== 'tickets' && place !== 'messages'))
    .flatMap((place) => (rows[place] ? [ctx.t(`${texts}.${place}`, { count: rows[place] })] : []));
}

function presentLeft(ctx: DeskContext, { left }: MergeRecord): string[] {
  const fields = left.fields.map((field) => ctx.t(`desk.merge.left.${field}`));
  const hats = left.hats > 0 ? [ctx.t('desk.merge.left.hats', { count: left.hats })] : [];
  return [...presentRows(ctx, left.rows, 'desk.merge.left'), ...hats, ...fields];
}
