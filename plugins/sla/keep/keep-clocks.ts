import { change, type HostApp, type Logged, type Toolbox } from '@helpdesk/core';
import type { Knex } from 'knex';
import { LIFE_EVENTS } from '../clock/life.js';
import type { Segments } from '../segments.js';
import { applyDue, slaActor } from './apply-due.js';
import { writeClocks } from './write-clocks.js';
import '../rules/sla-hooks.js';

type Tools = Pick<Toolbox<unknown, unknown, unknown, unknown, never>, 'follow' | 'followInBatches' | 'job'>;

const AT_A_TIME = 100;
const LOOKED_MOST = 1000;

/** Reckons tickets anew, in the background; `trx` when it is asked for inside a change. */
export type ReckonAll = (which: 'open' | 'all', trx?: Knex.Transaction) => Promise<void>;

/** Derives the clocks from the log, from its beginning, and keeps due times with them. */
export function keepClocks(
  app: HostApp,
  { follow, followInBatches, job }: Tools,
  segments: () => Segments | undefined,
): ReckonAll {
  followInBatches(
    LIFE_EVENTS,
    (batch, { trx }) =>
      writeClocks(
        trx,
        batch.map(({ payload }) => payload.ticketId),
        segments(),
      ),
    { name: 'clocks', from: 'beginning', size: 500 },
  );
  followDue(app, follow, segments);
  const reckon = job('reckon', ({ which }: { which: 'open' | 'all' }, { signal }) =>
    reckonAll(app, { which, signal, segments: segments() }),
  );
  return (which, trx) => reckon.now({ which }, { key: `sla.reckon.${which}`, ...(trx ? { trx } : {}) });
}

function followDue(app: HostApp, follow: Tools['follow'], segments: () => Segments | undefined): void {
  // An answer is several events; the first of them leads to a look at all.
  const looked = new Map<number, number>();
  const again = async ({ ticketId }: { ticketId: number }) => {
    const last = await applyDue(app, ticketId, segments());
    if (looked.size >= LOOKED_MOST) looked.clear();
    looked.set(ticketId, last);
  };
  const due = async (event: { ticketId: number }, { eventId: id }: Logged) => {
    if (id > (looked.get(event.ticketId) ?? 0)) await again(event);
  };
  follow(
    {
      'ticket.opened': due,
      'message.received': due,
      'message.replied': due,
      'message.cancelled': due,
      'ticket.transferred': due,
      'ticket.prioritised': due,
      'ticket.typed': due,
      'ticket.lineChanged': due,
      'ticket.contactChanged': due,
      'ticket.hatChanged': due,
      'ticket.snoozed': due,
      'ticket.woken': due,
      'ticket.waiting': due,
      'ticket.reopened': due,
      'ticket.solved': due,
      'ticket.closed': due,
      'sla.paused': due,
      'sla.resumed': due,
      // Not of a ticket's life: an agent's own date has to be read whatever was looked at.
      'ticket.dueChanged': (event) =>
        event.actor.kind === slaActor.kind && event.actor.id === slaActor.id ? undefined : again(event),
    },
    { name: 'due', from: 'now' },
  );
}

async function reckonAll(
  app: HostApp,
  { which, signal, segments }: { which: 'open' | 'all'; signal: AbortSignal; segments: Segments | undefined },
): Promise<void> {
  for (let after = 0; !signal.aborted;) {
    const rows: { id: number; bucket: string }[] = await app
      .db('tickets')
      .where('id', '>', after)
      .modify((query) => {
        if (which === 'open') void query.whereNot('bucket', 'done');
      })
      .orderBy('id')
      .limit(AT_A_TIME)
      .select('id', 'bucket');
    if (rows.length === 0) return;
    await reckonSome(app, rows, segments);
    after = rows.at(-1)?.id ?? after;
  }
}

/** Writes the clocks of some tickets anew, and the due times of those that are open. */
export async function reckonSome(
  app: HostApp,
  tickets: readonly { readonly id: number; readonly bucket: string }[],
  segments: Segments | undefined,
): Promise<void> {
  const ids = tickets.map(({ id }) => id);
  await change(app, ({ trx }) => writeClocks(trx, ids, segments));
  for (const { id, bucket } of tickets) if (bucket !== 'done') await applyDue(app, id, segments);
}
