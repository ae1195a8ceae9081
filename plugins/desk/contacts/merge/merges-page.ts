import { agentNames, initialsOf, listMerges, type DeskContext, type MergeLine } from '@helpdesk/core';
import { queryId } from '../../admin/path-id.js';

const SIZE = 50;
const LIST = '/desk/contacts/merges';

/** Merges, newest first, with what became of them. */
export async function mergesPage(ctx: DeskContext): Promise<void> {
  const before = queryId(ctx, 'before');
  const [found, names] = await Promise.all([
    listMerges(ctx.db, { ...(before === undefined ? {} : { before }), limit: SIZE + 1 }),
    agentNames(ctx.db),
  ]);
  const rows = found.slice(0, SIZE);
  const last = found.length > SIZE ? rows.at(-1) : undefined;
  await ctx.render('desk/contact-merges', {
    rows: rows.map((row) => ({ ...presentMerge(ctx, row), by: names.get(row.mergedBy ?? 0)?.name })),
    nextUrl: last && `${LIST}?before=${last.id}`,
    prevUrl: before === undefined ? undefined : LIST,
  });
}

function presentMerge({ now }: DeskContext, row: MergeLine) {
  const { id, keptId, keptName, goneName, mergedAt, undoneAt, undoableUntil, isKeptMerged } = row;
  return {
    href: `${LIST}/${id}`,
    person: { name: keptName, initials: initialsOf(keptName) },
    keptName,
    keptUrl: `/desk/contacts/${keptId}`,
    goneName,
    mergedAt,
    undoneAt,
    undoUrl: undoneAt || isKeptMerged || undoableUntil < now.toISOString() ? undefined : `${LIST}/${id}/undo`,
  };
}
