import { change, type App, type Toolbox } from '@helpdesk/core';

type Follow = Toolbox<unknown, unknown, unknown, unknown, never>['follow'];
interface Merge {
  readonly contactId: number;
  readonly goneId: number;
  readonly mergeId: number;
}

/** What a contact answered goes with a merge and comes back with its undo. Who wants no surveys wants none under either name. */
export function followMerges(app: App, follow: Follow): void {
  follow(
    {
      'contact.merged': (merge) => moveOver(app, merge),
      'contact.unmerged': (merge) => moveBack(app, merge),
    },
    { name: 'merges' },
  );
}

// SQLite takes 500 rows a statement at most.
const ROWS = 200;

async function moveOver(app: App, { contactId, goneId, mergeId }: Merge): Promise<void> {
  await change(app, async ({ trx, at }) => {
    const moved = await trx('surveys_invitations')
      .where({ contactId: goneId })
      .update({ contactId })
      .returning<{ id: number }[]>('id');
    const rows = moved.map(({ id }) => ({ mergeId, invitationId: id }));
    for (let from = 0; from < rows.length; from += ROWS)
      await trx('surveys_moves').insert(rows.slice(from, from + ROWS));
    // The gone one's row stays, for the undo.
    const isOut: unknown = await trx('surveys_optouts').where({ contactId: goneId }).first('contactId');
    if (isOut) await trx('surveys_optouts').insert({ contactId, at }).onConflict('contactId').ignore();
  });
}

async function moveBack(app: App, { contactId, goneId, mergeId }: Merge): Promise<void> {
  await change(app, async ({ trx }) => {
    const moved = trx('surveys_moves').where({ mergeId }).select('invitationId');
    await trx('surveys_invitations').where({ contactId }).whereIn('id', moved).update({ contactId: goneId });
    await trx('surveys_moves').where({ mergeId }).delete();
  });
}
