import type { Readable } from 'node:stream';
import type { App } from '../../database/app.js';
import { change } from '../../database/change.js';
import { keepStream } from '../../database/keep-stream.js';

export interface KeepRaw {
  account: { id: number; channel: string };
  /** The provider's id of this message in this account: a second one with it is not taken again. */
  externalId: string;
  raw: Buffer | Readable;
  meta?: Readonly<Record<string, unknown>>;
  /** The provider's own order of an account's messages, where calls may overtake each other. */
  sequence?: number;
}

/**
 * Raw first: the message is on disk, synced, and in the journal before anybody tells its sender "ok". Parsing comes
 * later and never changes it.
 * @returns `taken`, or `known` when the journal has it already
 */
export async function keepRaw(
  app: App,
  { account, externalId, raw, meta = {}, sequence }: KeepRaw,
): Promise<'taken' | 'known'> {
  app.fault('intake.beforeSpool');
  const { sha256, size } = Buffer.isBuffer(raw) ? await app.files.put(raw) : await keepStream(app.files, raw);
  app.fault('intake.afterSpool');
  const taken = await change(app, async ({ trx, at }) => {
    const rows = await trx('intake')
      .insert({
        accountId: account.id,
        channel: account.channel,
        externalId,
        sha256,
        size,
        meta: JSON.stringify(meta),
        receivedAt: at,
        sequence: sequence ?? null,
        state: 'received',
      })
      .onConflict(['accountId', 'externalId'])
      .ignore()
      .returning<{ id: number }[]>('id');
    app.fault('intake.beforeCommit');
    return rows.length > 0;
  });
  app.fault('intake.afterCommit');
  if (taken) app.signals.wake('intake');
  return taken ? 'taken' : 'known';
}
