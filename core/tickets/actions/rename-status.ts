import { cleanName } from '../../agents/check-fields.js';
import { refused, type Outcome } from '../../agents/outcome.js';
import type { App } from '../../database/app.js';
import { change } from '../../database/change.js';
import { errors } from '../../errors/errors.js';
import type { Actor } from '../../hooks/catalogue.js';

export interface RenameStatus {
  key: string;
  name: string;
  actor: Actor;
}

/** Give a status another name, for all tickets at once; its key stays. @throws NOT_FOUND */
export async function renameStatus(app: App, { key, name: given, actor }: RenameStatus): Promise<Outcome> {
  const name = cleanName(given);
  if (name === '') return refused('core.name.invalid', 'name');
  return change(app, async ({ trx, announce }) => {
    const known: { name: string } | undefined = await trx('statuses').where({ key }).first('name');
    if (!known) throw errors.NOT_FOUND();
    if (known.name === name) return { ok: true };
    await trx('statuses').where({ key }).update({ name });
    announce('status.renamed', { status: key, actor });
    return { ok: true };
  });
}
