import type { App } from '../../database/app.js';
import { change } from '../../database/change.js';
import { errors } from '../../errors/errors.js';
import type { Actor } from '../../hooks/catalogue.js';

export interface ArchiveContactRole {
  key: string;
  /** false brings it back. */
  isArchived?: boolean;
  actor: Actor;
}

/** Takes a role of the company's own out of what is offered; who has it keeps it. @throws NOT_FOUND, also for a built-in one */
export async function archiveContactRole(
  app: App,
  { key, isArchived = true, actor }: ArchiveContactRole,
): Promise<void> {
  await change(app, async ({ trx, at, announce }) => {
    const role: { archivedAt: string | null } | undefined = await trx('contactRoles')
      .where({ key })
      .where('key', 'like', 'own-%')
      .first('archivedAt');
    if (!role) throw errors.NOT_FOUND();
    if ((role.archivedAt !== null) === isArchived) return;
    await trx('contactRoles')
      .where({ key })
      .update({ archivedAt: isArchived ? at : null });
    announce('contactRole.changed', { role: key, actor });
  });
}
