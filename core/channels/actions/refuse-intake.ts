import type { App } from '../../database/app.js';
import { change } from '../../database/change.js';
import { errors } from '../../errors/errors.js';
import type { Actor } from '../../hooks/catalogue.js';

/** Say of a parked message that nothing is to be done with it. The raw stays. @throws INTAKE_UNKNOWN */
export async function refuseIntake(
  app: App,
  { intakeId, actor }: { intakeId: number; actor: Actor },
): Promise<void> {
  await change(app, async ({ trx, at, announce }) => {
    const [row] = await trx('intake')
      .where({ id: intakeId, state: 'parked' })
      .update({ state: 'refused', reason: 'by-hand', doneAt: at })
      .returning<{ accountId: number }[]>('accountId');
    if (!row) throw errors.INTAKE_UNKNOWN();
    announce('intake.refused', { intakeId, accountId: row.accountId, reason: 'by-hand', actor });
  });
}
