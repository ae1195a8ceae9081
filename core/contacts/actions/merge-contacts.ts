import type { App } from '../../database/app.js';
import { change, type Change } from '../../database/change.js';
import { removeWords } from '../../database/search/index-words.js';
import { errors } from '../../errors/errors.js';
import type { Actor } from '../../hooks/catalogue.js';
import { forgetPairs } from '../duplicates/compare-contact.js';
import { foldHats } from '../merge/fold-hats.js';
import { inheritDifferences } from '../merge/inherit-differences.js';
import { holdAgainstAll, noteRows, oneMergeAtATime } from '../merge/journal.js';
import { chosenValues, type MergeChoices } from '../merge/merged-fields.js';
import { places } from '../merge/places.js';
import { settleQuestions } from '../merge/settle-questions.js';
import type { ContactRecord } from '../models/contact.js';
import { reindexContact } from './add-contact.js';

export interface MergeContacts {
  keptId: number;
  goneId: number;
  /** Whose fields stay; what is left out is chosen by `usualChoices`. */
  choices?: MergeChoices;
  /** The versions that the page showed. */
  expectedVersions?: { kept: number; gone: number };
  actor: Actor;
}

/**
 * Make two contacts one. Tickets, messages, addresses, hats and evidence of the one that goes become the kept one's; it
 * stays as a sign that leads there. Everything is journalled, so that `unmergeContacts` can take it back for 30 days.
 * Plugins may refuse through `contact.merging`, and move their own rows when they hear `contact.merged`.
 * @throws CONTACT_UNKNOWN, CONTACT_MERGED when one of them went already, INPUT_INVALID for one and the same,
 *   TICKET_CHANGED when somebody changed a card
 */
export async function mergeContacts(app: App, input: MergeContacts): Promise<{ mergeId: number }> {
  const { keptId, goneId, actor } = input;
  if (keptId === goneId) throw errors.INPUT_INVALID({ because: 'a contact is not merged with itself' });
  await app.hooks.allow('contact.merging', { keptId, goneId, actor });
  return change(app, async (step) => {
    await oneMergeAtATime(app, step);
    const { kept, gone } = await holdBoth(step, input);
    const mergeId = await insertMerge(step, input);
    const merge = { id: mergeId, keptId, goneId };
    await inheritDifferences(step, merge);
    const stay = await foldHats(step, merge);
    await moveRows(step, { ...merge, stay });
    await settleQuestions(step, mergeId);
    const fields = await writeCards(step, { ...merge, kept, gone, choices: input.choices ?? {} });
    await removeWords(step.trx, app.database.engine, { table: 'contacts_search', id: goneId });
    forgetPairs(step, goneId);
    await reindexContact(app, step, keptId);
    if (fields.length > 0) step.announce('contact.changed', { contactId: keptId, fields, actor });
    step.announce('contact.merged', { contactId: keptId, goneId, mergeId, actor });
    return { mergeId };
  });
}

async function holdBoth(
  step: Change,
  { keptId, goneId, expectedVersions }: MergeContacts,
): Promise<{ kept: ContactRecord; gone: ContactRecord }> {
  const find = async (id: number): Promise<ContactRecord> => {
    const contact: ContactRecord | undefined = await step.trx('contacts').where({ id }).first();
    if (!contact) throw errors.CONTACT_UNKNOWN();
    if (contact.mergedIntoId !== null) throw errors.CONTACT_MERGED({ contactId: contact.mergedIntoId });
    return contact;
  };
  await find(keptId);
  await find(goneId);
  for (const id of [keptId, goneId].toSorted((a, b) => a - b)) await holdAgainstAll(step, id);
  const [kept, gone] = [await find(keptId), await find(goneId)];
  const { kept: ofKept = kept.version, gone: ofGone = gone.version } = expectedVersions ?? {};
  if (ofKept !== kept.version || ofGone !== gone.version) throw errors.TICKET_CHANGED();
  return { kept, gone };
}

async function insertMerge({ trx, at }: Change, { keptId, goneId, actor }: MergeContacts): Promise<number> {
  const mergedBy = actor.kind === 'agent' ? Number(actor.id) : null;
  const [row] = await trx('contact_merges')
    .insert({ keptId, goneId, mergedAt: at, mergedBy })
    .returning<{ id: number }[]>('id');
  return (row as { id: number }).id;
}

/** @param stay hats that were folded into the kept one's */
async function moveRows(
  { trx }: Change,
  { id: mergeId, keptId, goneId, stay }: { id: number; keptId: number; goneId: number; stay: number[] },
): Promise<void> {
  for (const { table, column } of places) {
    const theirs = () => {
      const rows = trx(table).where({ [column]: goneId });
      return table === 'memberships' && stay.length > 0 ? rows.whereNotIn('id', stay) : rows;
    };
    // Somebody may be taking a ticket out of here: it is asked again once that is done.
    if (trx.client.config.client === 'pg') await theirs().forUpdate().select('id');
    await noteRows(trx, { mergeId, place: table, rows: theirs() });
    await theirs().update({ [column]: keptId });
  }
}

/** @returns the fields of the kept card that have a new value */
async function writeCards(
  { trx, at }: Change,
  {
    id: mergeId,
    kept,
    gone,
    choices,
  }: { id: number; kept: ContactRecord; gone: ContactRecord; choices: MergeChoices },
): Promise<string[]> {
  const values = chosenValues(kept, gone, choices);
  const rows = Object.entries(values).map(([field, after]) => ({
    mergeId,
    place: 'contacts',
    rowId: kept.id,
    field,
    before: kept[field as keyof typeof values],
    after,
  }));
  if (rows.length > 0) await trx('contact_merge_values').insert(rows);
  await trx('contacts')
    .where({ id: kept.id })
    .update({ ...values, updatedAt: at, version: kept.version + 1 });
  await trx('contacts')
    .where({ id: gone.id })
    .update({ mergedIntoId: kept.id, updatedAt: at, version: gone.version + 1 });
  return Object.keys(values);
}
