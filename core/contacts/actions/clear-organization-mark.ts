import type { App } from '../../database/app.js';
import { change } from '../../database/change.js';
import { errors } from '../../errors/errors.js';
import type { Actor } from '../../hooks/catalogue.js';

export interface ClearOrganizationMark {
  markId: number;
  /** What was done about it; not empty. */
  note: string;
  actor: Actor;
}

/** Take a mark off an organization; it stays in its history. @throws NOT_FOUND, INPUT_INVALID without a note */
export async function clearOrganizationMark(app: App, input: ClearOrganizationMark): Promise<void> {
  const { markId, actor } = input;
  const clearNote = input.note.trim().slice(0, 2000);
  if (clearNote === '') throw errors.INPUT_INVALID({ because: 'say what was done about it' });
  await change(app, async ({ trx, at, announce }) => {
    const mark: { organizationId: number } | undefined = await trx('organization_marks')
      .where({ id: markId })
      .first('organizationId');
    if (!mark) throw errors.NOT_FOUND();
    const clearedBy = actor.kind === 'agent' ? Number(actor.id) : null;
    const written = await trx('organization_marks')
      .where({ id: markId })
      .whereNull('clearedAt')
      .update({ clearedAt: at, clearedBy, clearNote });
    if (written === 0) return;
    announce('organization.markCleared', { organizationId: mark.organizationId, markId, actor });
  });
}
