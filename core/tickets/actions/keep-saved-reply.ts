import type { App } from '../../database/app.js';
import { change } from '../../database/change.js';
import { errors } from '../../errors/errors.js';
import type { Actor } from '../../hooks/catalogue.js';

export interface KeepSavedReply {
  /** Without it a new one is made. */
  id?: number;
  title: string;
  text: string;
  expectedVersion?: number;
  actor: Actor;
}

/** Make or change a saved reply. @throws INPUT_INVALID when title or text is empty, TICKET_CHANGED, NOT_FOUND */
export async function keepSavedReply(app: App, input: KeepSavedReply): Promise<number> {
  const title = input.title.trim().slice(0, 200);
  const text = input.text.trim().slice(0, 50_000);
  if (title === '' || text === '') throw errors.INPUT_INVALID({ because: 'title and text are needed' });
  const createdBy = typeof input.actor.id === 'number' ? input.actor.id : null;
  return change(app, async ({ trx, at, announce }) => {
    if (input.id === undefined) {
      const [row] = await trx('savedReplies')
        .insert({ title, text, createdBy, createdAt: at, updatedAt: at })
        .returning<{ id: number }[]>('id');
      const savedReplyId = (row as { id: number }).id;
      announce('savedReply.kept', { savedReplyId, actor: input.actor });
      return savedReplyId;
    }
    const known = trx('savedReplies').where({ id: input.id });
    if (input.expectedVersion !== undefined) void known.where({ version: input.expectedVersion });
    const written = await known.update({ title, text, updatedAt: at, version: trx.raw('version + 1') });
    if (written === 0) throw errors.TICKET_CHANGED();
    announce('savedReply.kept', { savedReplyId: input.id, actor: input.actor });
    return input.id;
  });
}
