import type { App } from '../../database/app.js';
import { change, type Change } from '../../database/change.js';
import type { Actor } from '../../hooks/catalogue.js';
import { holdContact } from '../hold-contact.js';
import { findOrganization } from '../queries/find-organization.js';

export interface MarkOrganization {
  organizationId: number;
  /** `complaint`, `reopened`, `urgent`, `byHand`; or the key of a text of a plugin's own: `surveys.badScore`. */
  reason: string;
  /** Whose case it was. */
  contactId?: number | null;
  /** Which case. The same reason of the same case marks once. */
  ticketId?: number | null;
  /** In people's words. */
  note?: string;
  /** When it happened, ISO text; now without it. */
  at?: string;
  actor: Actor;
}

/**
 * Mark an organization as one that may be lost, until somebody clears it.
 * @returns the mark; null when the same was marked and cleared after it happened
 * @throws ORGANIZATION_UNKNOWN, CONTACT_UNKNOWN
 */
export async function markOrganization(app: App, input: MarkOrganization): Promise<number | null> {
  const { id: organizationId } = await findOrganization(app.db, input.organizationId);
  const { reason, ticketId = null, note = '', actor } = input;
  return change(app, async (step) => {
    const contactId = input.contactId ? await holdContact(step, input.contactId) : null;
    const markedAt = input.at ?? step.at;
    const known = ticketId === null ? undefined : await findTwin(step, { organizationId, reason, ticketId });
    if (known && known.clearedAt === null) return known.id;
    if (known?.clearedAt && known.clearedAt >= markedAt) return null;
    const [row] = await step
      .trx('organization_marks')
      .insert({ organizationId, reason, contactId, ticketId, note: note.trim().slice(0, 2000), markedAt })
      .returning<{ id: number }[]>('id');
    const markId = (row as { id: number }).id;
    step.announce('organization.marked', { organizationId, markId, reason, ticketId, contactId, actor });
    return markId;
  });
}

interface Twin {
  readonly id: number;
  readonly clearedAt: string | null;
}

async function findTwin(
  { trx }: Change,
  cause: { organizationId: number; reason: string; ticketId: number },
): Promise<Twin | undefined> {
  // Held, so that two who mark at once mark once.
  const organization = trx('organizations').where({ id: cause.organizationId }).first('id');
  if (trx.client.config.client === 'pg') void organization.forUpdate();
  await organization;
  return trx('organization_marks').where(cause).orderBy('id', 'desc').first('id', 'clearedAt');
}
