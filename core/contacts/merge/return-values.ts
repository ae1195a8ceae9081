import type { Knex } from 'knex';
import type { Change } from '../../database/change.js';
import type { ValueRow } from './journal.js';

export type ValueFate = ValueRow & {
  readonly fate: 'back' | 'passed-on' | 'left';
  readonly laterId?: number;
};

/**
 * What an undo would do with each value that a merge wrote: `back` when nobody has written over it; `passed-on` when a
 * later merge did, whose own undo then brings the older value; `left` when people changed it since.
 */
export async function judgeValues(db: Knex, mergeId: number): Promise<ValueFate[]> {
  const written: ValueRow[] = await db('contact_merge_values')
    .where({ mergeId })
    .whereNot({ place: 'folds' })
    .orderBy(['place', 'rowId', 'field']);
  const judged: ValueFate[] = [];
  for (const value of written) {
    const { place, rowId, field } = value;
    const later: ValueRow | undefined = await db('contact_merge_values as later')
      .join('contact_merges', 'contact_merges.id', 'later.mergeId')
      .where({ 'later.place': place, 'later.rowId': rowId, 'later.field': field })
      .where('later.mergeId', '>', mergeId)
      .whereNull('contact_merges.undoneAt')
      .orderBy('later.mergeId')
      .first('later.mergeId', 'later.before');
    const now = later ? later.before : await valueOf(db, value);
    const isUntouched = now === value.after;
    if (!isUntouched) judged.push({ ...value, fate: 'left' });
    else if (later) judged.push({ ...value, fate: 'passed-on', laterId: later.mergeId });
    else judged.push({ ...value, fate: 'back' });
  }
  return judged;
}

async function valueOf(db: Knex, { place, rowId, field }: ValueRow): Promise<string | null | undefined> {
  const row: Record<string, string | null> | undefined = await db(place).where({ id: rowId }).first(field);
  return row?.[field];
}

/** Brings back the values that nobody has written over. @returns fields of the card that are as before, and those that are not */
export async function returnValues(
  { trx }: Change,
  mergeId: number,
): Promise<{ back: string[]; left: string[] }> {
  const judged = await judgeValues(trx, mergeId);
  for (const { place, rowId, field, before, fate, laterId } of judged) {
    if (fate === 'back')
      await trx(place)
        .where({ id: rowId })
        .update({ [field]: before });
    if (fate === 'passed-on')
      await trx('contact_merge_values').where({ mergeId: laterId, place, rowId, field }).update({ before });
  }
  const ofCard = judged.filter(({ place }) => place === 'contacts');
  const fields = (fate: ValueFate['fate']) =>
    ofCard.filter((value) => value.fate === fate).map(({ field }) => field);
  return { back: fields('back'), left: fields('left') };
}
