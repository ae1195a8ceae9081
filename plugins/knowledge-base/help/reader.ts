import { hashToken, type PortalContext } from '@helpdesk/core';
import type { Visibility } from '../articles/article.js';
import type { Segments } from '../segments.js';

/** Asked each time: the plugin of segments comes and goes. */
export type Services = { readonly segments?: Segments | undefined };

/** Who reads, and what. */
export interface Reader {
  readonly scope: readonly Visibility[];
  /** A contact, or the hashed mark of a browser; null: a browser that keeps no mark, or an agent who looks as a customer. */
  readonly key: string | null;
  readonly mark: string | null;
  readonly contactId: number | null;
}

/** What the visitor may read. Without a plugin of segments nobody is in one. */
export async function readerOf(ctx: PortalContext, services: Services): Promise<Reader> {
  const { contactId, visitor } = ctx;
  const scope = await scopeOf(contactId, services);
  if (visitor?.viewedBy) return { scope, key: null, mark: null, contactId: null };
  const browser = ctx.cookie('hd-browser');
  const mark = browser && /^[\w-]{22}$/.test(browser) ? hashToken(browser) : null;
  return { scope, key: contactId === null ? mark : `contact:${contactId}`, mark, contactId };
}

export async function scopeOf(
  contactId: number | null,
  { segments }: Services,
): Promise<readonly Visibility[]> {
  if (contactId === null) return ['public'];
  const found = await segments?.segmentOf(contactId);
  return ['public', 'visitors', ...(found ? [`segment:${found.segment.id}` as const] : [])];
}
