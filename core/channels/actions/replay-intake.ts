import type { App } from '../../database/app.js';
import { change } from '../../database/change.js';
import { errors } from '../../errors/errors.js';
import type { Actor } from '../../hooks/catalogue.js';

/** Try a parked or refused raw message again. @throws INTAKE_UNKNOWN for one that is not waiting for people */
export async function replayIntake(
  app: App,
  { intakeId, actor }: { intakeId: number; actor: Actor },
): Promise<void> {
  await change(app, async ({ trx, announce }) => {
    const written = await trx('intake')
      .where({ id: intakeId })
      .whereIn('state', ['parked', 'refused'])
      .update({ state: 'received', reason: null, detail: null, attempts: 0, doneAt: null });
    if (written === 0) throw errors.INTAKE_UNKNOWN();
    announce('intake.replayed', { intakeId, actor });
  });
  app.signals.wake('intake');
}
