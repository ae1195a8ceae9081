import type { App } from '../../database/app.js';
import type { Actor } from '../../hooks/catalogue.js';
import { cleanName } from '../check-fields.js';
import { Line } from '../models/line.js';
import { refused, type Outcome } from '../outcome.js';
import { changeRights } from '../rights-version.js';

export interface CreateLine {
  readonly name: string;
  readonly actor: Actor;
}

/** Adds a line. */
export async function createLine(
  app: App,
  { name: given, actor }: CreateLine,
): Promise<Outcome<{ lineId: number }>> {
  const name = cleanName(given);
  if (name === '') return refused('core.name.invalid', 'name');
  return changeRights(app, async ({ trx, at, announce }) => {
    const { id: lineId } = await Line.query(trx).insert({ name, createdAt: at });
    announce('line.created', { lineId, actor });
    return { ok: true, lineId };
  });
}
