import type { Change } from '../../database/change.js';
import { newToken } from '../../database/keys.js';
import { LINK_MS, type ContactLinkRecord } from './models/contact-link.js';

/** Makes a link's token; only its hash stays. Clears away links that are over. */
export async function insertLink(
  { trx, at }: Pick<Change, 'trx' | 'at'>,
  link: ContactLinkRecord,
  { life = LINK_MS }: { life?: number } = {},
): Promise<string> {
  const { token, hash } = newToken();
  const expiresAt = new Date(Date.parse(at) + life).toISOString();
  await trx('contact_links').where('expiresAt', '<=', at).delete();
  await trx('contact_links').insert({ hash, ...link, createdAt: at, expiresAt, usedAt: null });
  return token;
}

/** Takes a link out of use. @returns what it was for, or undefined when it is over or somebody was quicker */
export async function takeLink(
  { trx, at }: Pick<Change, 'trx' | 'at'>,
  { hash, purpose }: { hash: string; purpose: ContactLinkRecord['purpose'] },
): Promise<ContactLinkRecord | undefined> {
  const count = await trx('contact_links')
    .where({ hash, purpose })
    .whereNull('usedAt')
    .where('expiresAt', '>', at)
    .update({ usedAt: at });
  if (count !== 1) return undefined;
  return trx('contact_links')
    .where({ hash })
    .first<ContactLinkRecord>('purpose', 'contactId', 'kind', 'address', 'next');
}
