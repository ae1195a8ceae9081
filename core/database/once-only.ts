import type { Change } from './change.js';

/**
 * Does work once for a key: a double click, a resend, a lost answer find what the first one did. The key commits with
 * the work. Keys are remembered for two days.
 */
export async function onceOnly<T>(step: Change, key: string | undefined, work: () => Promise<T>): Promise<T> {
  if (!key) return work();
  const { trx, at } = step;
  // Claiming first makes a simultaneous second one wait for this transaction, and then see its answer.
  const claimed = await trx('idempotency')
    .insert({ key, answer: 'null', at })
    .onConflict('key')
    .ignore()
    .returning<{ key: string }[]>('key');
  if (claimed.length === 0) {
    const before: { answer: string } | undefined = await trx('idempotency').where({ key }).first('answer');
    return JSON.parse(before?.answer ?? 'null') as T;
  }
  const answer = await work();
  await trx('idempotency')
    .where({ key })
    .update({ answer: JSON.stringify(answer) });
  return answer;
}
