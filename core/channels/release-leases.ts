import type { App } from '../database/app.js';
import { change } from '../database/change.js';

/**
 * On SQLite there is one process, so what a dead one had leased is free at once. What it was *sending* stays leased: the
 * data may have gone out, and the one more try waits its time.
 */
export async function releaseLeases(app: App): Promise<void> {
  if (app.database.engine !== 'sqlite') return;
  await change(app, async ({ trx }) => {
    await trx('intake').where({ state: 'processing' }).update({ state: 'received', leaseUntil: null });
    await trx('deliveries').where({ state: 'leased' }).update({ state: 'queued', leaseUntil: null });
  });
}
