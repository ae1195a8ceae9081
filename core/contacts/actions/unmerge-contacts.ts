import type { Outcome } from '../../agents/outcome.js';
import { refused } from '../../agents/outcome.js';
import type { App } from '../../database/app.js';
import { change, type Change } from '../../database/change.js';
import type { Actor } from '../../hooks/catalogue.js';
import { returnDifferences } from '../merge/inherit-differences.js';
import { holdAgainstAll, notedRows, oneMergeAtATime, type MergeRow } from '../merge/journal.js';
import { places, type MergePlace } from '../merge/places.js';
import { returnHats } from '../merge/return-hats.js';
import { returnLetters } from '../merge/return-letters.js';
import { returnValues } from '../merge/return-values.js';
import { reopenQuestions } from '../merge/settle-questions.js';
import { findMergeRow, whyNotUndone } from '../queries/find-merge.js';
import { reindexContact } from './add-contact.js';

export interface UnmergeContacts {
  mergeId: number;
  actor: Actor;
}

/** What an undo could not bring back. */
export interface LeftByUnmerge {
  /** Rows that somebody has given to others, or removed, since; by table. */
  readonly rows: Readonly<Partial<Record<MergePlace, number>>>;
  /** Fields of the kept card that somebody has changed since. */
  readonly fields: readonly string[];
  /** Tickets whose hat is now somebody else's: they have none. */
  readonly hats: number;
}

/**
 * Take a merge back, within 30 days. What the merge moved and nobody has touched goes back: tickets, messages,
 * addresses, hats, evidence, the values of the card. What came later stays with the kept one, but for letters from an
 * address that goes back, in a ticket that goes back. What others have taken or changed since stays as they left it and is
 * named in the answer. When the kept one was itself merged into another since, that merge is undone first.
 * @returns refused with `core.merge.undone`, `core.merge.tooOld` or `core.merge.keptMerged`
 * @throws MERGE_UNKNOWN
 */
export async function unmergeContacts(
  app: App,
  { mergeId, actor }: UnmergeContacts,
): Promise<Outcome<{ goneId: number; keptId: number; left: LeftByUnmerge }>> {
  return change(app, async (step) => {
    await oneMergeAtATime(app, step);
    const merge = await findMergeRow(step.trx, mergeId);
    const because = await whyNotUndone(step.trx, { merge, now: app.now() });
    if (because) return refused(because);
    const { keptId, goneId } = merge;
    // Letters follow a merge in this order too.
    for (const id of [goneId, keptId]) await holdAgainstAll(step, id);
    const { left, fields } = await takeBack(step, merge);
    await wakeCards(step, merge);
    const undoneBy = actor.kind === 'agent' ? Number(actor.id) : null;
    await step
      .trx('contact_merges')
      .where({ id: mergeId })
      .update({ undoneAt: step.at, undoneBy, left: JSON.stringify(left) });
    for (const id of [keptId, goneId]) await reindexContact(app, step, id);
    if (fields.length > 0) step.announce('contact.changed', { contactId: keptId, fields, actor });
    step.announce('contact.unmerged', { contactId: keptId, goneId, mergeId, actor });
    return { ok: true, keptId, goneId, left };
  });
}

async function takeBack(step: Change, merge: MergeRow): Promise<{ left: LeftByUnmerge; fields: string[] }> {
  const rows: Partial<Record<MergePlace, number>> = {};
  for (const { table, column } of places) {
    const missing = await returnRows(step, { merge, table, column });
    if (missing > 0) rows[table] = missing;
  }
  await returnLetters(step, merge);
  const hats = await returnHats(step, merge);
  const { back, left: fields } = await returnValues(step, merge.id);
  await returnDifferences(step, merge);
  await reopenQuestions(step, merge);
  return { left: { rows, fields, hats }, fields: back };
}

/** @returns how many rows stay where they are */
async function returnRows(
  { trx }: Change,
  { merge, table, column }: { merge: MergeRow; table: MergePlace; column: string },
): Promise<number> {
  const [noted] = await trx('contact_merge_rows')
    .where({ mergeId: merge.id, place: table })
    .count<{ n: number }[]>({ n: '*' });
  const returned = await trx(table)
    .where({ [column]: merge.keptId })
    .whereIn('id', notedRows(trx, { merge, place: table }))
    .update({ [column]: merge.goneId });
  return Number(noted?.n ?? 0) - returned;
}

async function wakeCards({ trx, at }: Change, { keptId, goneId }: MergeRow): Promise<void> {
  await trx('contacts').where({ id: goneId }).update({ mergedIntoId: null });
  await trx('contacts')
    .whereIn('id', [goneId, keptId])
    .update({ updatedAt: at, version: trx.raw('version + 1') });
}
