import type { Knex } from 'knex';
import type { App } from '../../database/app.js';
import { change } from '../../database/change.js';

export interface ClaimedItem {
  readonly id: number;
  readonly accountId: number;
  readonly channel: string;
  readonly externalId: string;
  readonly sha256: string;
  readonly size: number;
  readonly meta: string;
  readonly receivedAt: string;
  readonly attempts: number;
  readonly fence: number;
}

const LEASE_MS = 5 * 60_000;

/**
 * Takes the oldest unprocessed items of one account under a lease. One worker at a time per account, so that a letter
 * and the answer to it are read in order. An item whose worker died is taken again when the lease is over.
 */
export async function claimIntake(app: App, most = 10): Promise<ClaimedItem[]> {
  if (!(await waiting(app))) return [];
  return change(app, async ({ trx, at }) => {
    const first = await holdAccount(trx, at);
    if (!first) return [];
    const free = inOrder(ready(trx, at)).where('intake.accountId', first.accountId).limit(most);
    // A late worker may settle one of them at this very moment.
    if (isPostgres(trx)) void free.forUpdate('intake').skipLocked();
    const ids = untilBegun(await free.select<Place[]>('intake.id', 'intake.attempts'));
    const rows = await trx('intake')
      .whereIn(
        'id',
        ids.map(({ id }) => id),
      )
      .update({
        state: 'processing',
        leaseUntil: new Date(Date.parse(at) + LEASE_MS).toISOString(),
        fence: trx.raw('fence + 1'),
        attempts: trx.raw('attempts + 1'),
      })
      .returning<ClaimedItem[]>([
        'id',
        'accountId',
        'channel',
        'externalId',
        'sha256',
        'size',
        'meta',
        'receivedAt',
        'attempts',
        'fence',
      ]);
    const place = new Map(ids.map(({ id }, index) => [id, index]));
    return rows.toSorted((a, b) => (place.get(a.id) ?? 0) - (place.get(b.id) ?? 0));
  });
}

// A read on the readers' side keeps an idle desk from opening write transactions.
async function waiting(app: App): Promise<boolean> {
  const one: unknown = await app.db('intake').whereIn('state', ['received', 'processing']).first('id');
  return one !== undefined;
}

/** The account whose turn it is, held until the commit: two workers that look at the same moment take different ones. */
async function holdAccount(trx: Knex.Transaction, at: string): Promise<{ accountId: number } | undefined> {
  const query = ready(trx, at)
    .orderBy('intake.id')
    .join('channelAccounts', 'channelAccounts.id', 'intake.accountId');
  // New raw messages of the account are not held up: their reference needs the key alone.
  if (isPostgres(trx)) void query.forNoKeyUpdate('channelAccounts').skipLocked();
  return query.first('intake.accountId');
}

// SQLite has one writer: there is nobody to lock out.
const isPostgres = (trx: Knex.Transaction) => trx.client.config.client === 'pg';

interface Place {
  readonly id: number;
  readonly attempts: number;
}

/** One that was begun before may be what killed the process; it goes alone, so that others count no try. */
function untilBegun(items: readonly Place[]): readonly Place[] {
  const begun = items.findIndex(({ attempts }) => attempts > 0);
  return begun === -1 ? items : items.slice(0, Math.max(begun, 1));
}

/** As the provider numbered them, else as they came. */
const inOrder = (query: Knex.QueryBuilder) => query.orderBy('intake.sequence').orderBy('intake.id');

function ready(trx: Knex.Transaction, at: string): Knex.QueryBuilder {
  return trx('intake')
    .where((free) =>
      free
        // One that waits for its provider has a time in `leaseUntil`; the ones behind it go ahead.
        .where((fresh) =>
          fresh
            .where('intake.state', 'received')
            .andWhere((due) => due.whereNull('intake.leaseUntil').orWhere('intake.leaseUntil', '<', at)),
        )
        .orWhere((late) => late.where('intake.state', 'processing').andWhere('intake.leaseUntil', '<', at)),
    )
    .whereNotExists((busy) =>
      busy
        .from('intake as other')
        .whereRaw('other.account_id = intake.account_id')
        .where('other.state', 'processing')
        .where('other.leaseUntil', '>=', at)
        .select(trx.raw('1')),
    );
}
