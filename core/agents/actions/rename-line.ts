import type { App } from '../../database/app.js';
import { errors } from '../../errors/errors.js';
import type { Actor } from '../../hooks/catalogue.js';
import { cleanName } from '../check-fields.js';
import { Line } from '../models/line.js';
import { refused, type Outcome } from '../outcome.js';
import { changeRights } from '../rights-version.js';

export interface RenameLine {
  readonly lineId: number;
  readonly name: string;
  readonly actor: Actor;
}

/** @throws LINE_UNKNOWN */
export async function renameLine(app: App, { lineId, name: given, actor }: RenameLine): Promise<Outcome> {
  const name = cleanName(given);
  if (name === '') return refused('core.name.invalid', 'name');
  return changeRights(app, async ({ trx, announce }) => {
    const count = await Line.query(trx).where('id', lineId).patch({ name });
    if (count !== 1) throw errors.LINE_UNKNOWN();
    announce('line.changed', { lineId, actor });
    return { ok: true };
  });
}
