import type { App } from '../../database/app.js';
import { change } from '../../database/change.js';
import { fold } from '../../database/search/words.js';
import type { Actor } from '../../hooks/catalogue.js';

export interface CreateOrganization {
  name: string;
  domain?: string | null;
  actor: Actor;
}

const NAME_KEPT = 255;
/** A name, and the form in which it is compared. */
export const named = (name: string) => ({
  name: name.slice(0, NAME_KEPT),
  folded: fold(name.slice(0, NAME_KEPT)),
});

/** Create an organization that contacts can be members of. */
export async function createOrganization(
  app: App,
  { name, domain, actor }: CreateOrganization,
): Promise<number> {
  return change(app, async ({ trx, at, announce }) => {
    const [row] = await trx('organizations')
      .insert({
        ...named(name),
        domain: domain?.toLowerCase() ?? null,
        createdAt: at,
        updatedAt: at,
      })
      .returning<{ id: number }[]>('id');
    const organizationId = (row as { id: number }).id;
    announce('organization.created', { organizationId, actor });
    return organizationId;
  });
}
