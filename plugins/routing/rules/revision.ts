import type { Knex } from 'knex';

const ROW = { of: 'rules' };

/** In the transaction of whatever changes the list of rules: no process asks what it knew before. */
export async function raiseRevision(trx: Knex): Promise<void> {
  await trx('routing_revisions').where(ROW).increment('revision', 1);
}

export async function readRevision(db: Knex): Promise<number> {
  const row: { revision: number } | undefined = await db('routing_revisions').where(ROW).first('revision');
  return row?.revision ?? 0;
}
