import { change, holdContact, type Actor, type App } from '@helpdesk/core';
import '../survey-hooks.js';

interface OnContact {
  contactId: number;
  actor: Actor;
}

/** Ask a contact nothing any more; what waits is not sent. */
export async function unsubscribe(app: App, { contactId: given, actor }: OnContact): Promise<void> {
  await change(app, async (step) => {
    const { trx, at, announce } = step;
    const contactId = await holdContact(step, given);
    const added = await trx('surveys_optouts')
      .insert({ contactId, at })
      .onConflict('contactId')
      .ignore()
      .returning<{ contactId: number }[]>('contactId');
    await trx('surveys_invitations')
      .where({ contactId, state: 'waiting' })
      .update({ state: 'skipped', reason: 'unsubscribed' });
    if (added.length > 0) announce('surveys.unsubscribed', { contactId, actor });
  });
}

/** They may be asked again. */
export async function resubscribe(app: App, { contactId, actor }: OnContact): Promise<void> {
  await change(app, async ({ trx, announce }) => {
    const removed = await trx('surveys_optouts').where({ contactId }).delete();
    if (removed > 0) announce('surveys.resubscribed', { contactId, actor });
  });
}
