import type { RowCounts } from './csv-import.js';
import type { BatchPlan } from './plan-batch.js';

/** How many rows of a batch do what. */
export function countPlan({ contacts, organizations, problems }: BatchPlan): RowCounts {
  const works: readonly { kind: string }[] = [...contacts, ...organizations];
  const count = (wanted: string) => works.filter(({ kind }) => kind === wanted).length;
  return {
    new: count('new'),
    changed: count('changed'),
    same: count('same'),
    refused: new Set(problems.map(({ line }) => line)).size,
  };
}

export const addCounts = (a: RowCounts, b: RowCounts): RowCounts => ({
  new: a.new + b.new,
  changed: a.changed + b.changed,
  same: a.same + b.same,
  refused: a.refused + b.refused,
});

/** How many events the works of a batch are at most. */
export function weighPlan({ contacts, organizations }: BatchPlan): number {
  return contacts.reduce(
    (sum, { identities, hats }) =>
      sum + 1 + identities.length + hats.added.length + hats.created.length + hats.changed.length,
    organizations.length,
  );
}
