import type { App } from '../../database/app.js';
import { change } from '../../database/change.js';
import { errors } from '../../errors/errors.js';
import type { Actor } from '../../hooks/catalogue.js';
import { compareContact } from '../duplicates/compare-contact.js';
import { holdContact } from '../hold-contact.js';
import { inOrder } from '../in-order.js';
import { noteDifference } from '../note-difference.js';

export interface KeepApart {
  contactId: number;
  otherId: number;
  actor: Actor;
}

/** Say that two contacts are not the same person: they are not offered as duplicates again. @throws CONTACT_UNKNOWN, CONTACT_MERGED */
export async function keepApart(app: App, input: KeepApart): Promise<void> {
  const { actor } = input;
  await change(app, async (step) => {
    const [one, two] = [await holdContact(step, input.contactId), await holdContact(step, input.otherId)];
    if (one === two) throw errors.CONTACT_MERGED({ contactId: one });
    const pair = inOrder(one, two);
    const saidBy = actor.kind === 'agent' ? Number(actor.id) : null;
    if (!(await noteDifference(step, { ...pair, saidBy }))) return;
    compareContact(step, one);
    step.announce('contact.keptApart', { ...pair, actor });
  });
}
