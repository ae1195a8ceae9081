import type { App } from '../../database/app.js';
import { errors } from '../../errors/errors.js';
import type { Actor } from '../../hooks/catalogue.js';
import { Line } from '../models/line.js';
import { changeRights } from '../rights-version.js';

export interface ArchiveLine {
  readonly lineId: number;
  /** false brings it back. */
  readonly isArchived?: boolean;
  readonly actor: Actor;
}

/** Takes a line out of the lists to choose from; what it has stays. @throws LINE_UNKNOWN */
export function archiveLine(app: App, { lineId, isArchived = true, actor }: ArchiveLine): Promise<void> {
  return changeRights(app, async ({ trx, at, announce }) => {
    const line = await Line.query(trx).findById(lineId).forUpdate();
    if (!line) throw errors.LINE_UNKNOWN();
    if ((line.archivedAt !== null) === isArchived) return;
    await Line.query(trx)
      .findById(lineId)
      .patch({ archivedAt: isArchived ? at : null });
    announce('line.changed', { lineId, actor });
  });
}
