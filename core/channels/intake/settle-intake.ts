import type { Change } from '../../database/change.js';
import type { ClaimedItem } from './claim-intake.js';

export type IntakeState = 'received' | 'processing' | 'delivered' | 'duplicate' | 'parked' | 'refused';

interface Settled {
  state: IntakeState;
  reason?: string;
  detail?: string;
  messageId?: number;
  duplicateOf?: number;
}

/**
 * Notes what became of an item, in the transaction that did it.
 * @throws when another worker has taken the item over: the whole transaction is undone, the other one counts
 */
export async function settleIntake({ trx, at }: Change, item: ClaimedItem, settled: Settled): Promise<void> {
  const written = await trx('intake')
    .where({ id: item.id, fence: item.fence, state: 'processing' })
    .update({
      state: settled.state,
      reason: settled.reason ?? null,
      detail: settled.detail?.slice(0, 2000) ?? null,
      messageId: settled.messageId ?? null,
      duplicateOf: settled.duplicateOf ?? null,
      leaseUntil: null,
      doneAt: at,
    });
  if (written === 0) throw new LostLease(item.id);
}

/** Not an error for people: the work was done by somebody else. */
export class LostLease extends Error {
  constructor(id: number) {
    super(`the lease on intake item ${id} was lost`);
    this.name = 'LostLease';
  }
}
