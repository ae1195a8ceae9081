import type { App } from '../../database/app.js';
import { errors } from '../../errors/errors.js';
import type { Actor } from '../../hooks/catalogue.js';
import { Line, type LineAudience } from '../models/line.js';
import { changeRights } from '../rights-version.js';

export interface SetLineAudience {
  readonly lineId: number;
  /** Null: anybody. */
  readonly audience: LineAudience | null;
  readonly actor: Actor;
}

/** Says who writes by a line; the role in which somebody writes is guessed from it. @throws LINE_UNKNOWN */
export function setLineAudience(app: App, { lineId, audience, actor }: SetLineAudience): Promise<void> {
  return changeRights(app, async ({ trx, announce }) => {
    const line = await Line.query(trx).findById(lineId).forUpdate();
    if (!line) throw errors.LINE_UNKNOWN();
    if (line.audience === audience) return;
    await Line.query(trx).findById(lineId).patch({ audience });
    announce('line.changed', { lineId, actor });
  });
}
