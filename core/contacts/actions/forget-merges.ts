import type { App } from '../../database/app.js';
import { change } from '../../database/change.js';
import { UNMERGE_DAYS } from '../queries/find-merge.js';

const DAY_MS = 24 * 3_600_000;
const AT_A_TIME = 20;

/**
 * Forgets what merges moved and wrote over once they cannot be undone any more: it holds words of people. That they
 * happened stays, and so do the ways from the old addresses.
 * @returns how many merges
 */
export async function forgetMerges(app: App): Promise<number> {
  const before = new Date(app.now().getTime() - (UNMERGE_DAYS + 1) * DAY_MS).toISOString();
  for (let total = 0; ;) {
    const forgotten = await change(app, async ({ trx }) => {
      const old: { id: number }[] = await trx('contact_merges')
        .where('mergedAt', '<', before)
        .where((noted) =>
          noted
            .whereIn('id', trx('contact_merge_rows').select('mergeId'))
            .orWhereIn('id', trx('contact_merge_values').select('mergeId')),
        )
        .orderBy('id')
        .limit(AT_A_TIME)
        .select('id');
      const ids = old.map(({ id }) => id);
      for (const table of ['contact_merge_rows', 'contact_merge_values'])
        await trx(table).whereIn('mergeId', ids).delete();
      return ids.length;
    });
    total += forgotten;
    if (forgotten < AT_A_TIME) return total;
  }
}
