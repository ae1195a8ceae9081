import type { Knex } from 'knex';
import { isToken } from '../../../agents/models/agent-token.js';
import { hashToken } from '../../../database/keys.js';
import type { ContactLinkRecord, LinkPurpose } from '../models/contact-link.js';

/** What a link is for, without using it. @returns null when it is unknown, used or over */
export async function findLink(
  db: Knex,
  { token, purpose, now }: { token: string; purpose: LinkPurpose; now: Date },
): Promise<ContactLinkRecord | null> {
  if (!isToken(token)) return null;
  const link = await db('contact_links')
    .where({ hash: hashToken(token), purpose })
    .whereNull('usedAt')
    .where('expiresAt', '>', now.toISOString())
    .first<ContactLinkRecord | undefined>('purpose', 'contactId', 'kind', 'address', 'next');
  return link ?? null;
}
