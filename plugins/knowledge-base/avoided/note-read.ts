import { change, type App, type PortalContext } from '@helpdesk/core';
import type { Knex } from 'knex';
import type { ArticleText } from '../help/published.js';
import type { Reader } from '../help/reader.js';

export const AVOIDED_MS = 72 * 3_600_000;

/** Counts a view, and a reading that may spare us a ticket, after the answer. */
export function noteRead(ctx: PortalContext, { text, reader }: { text: ArticleText; reader: Reader }): void {
  if (ctx.method !== 'GET' || ctx.header('Sec-Purpose').includes('prefetch') || ctx.query['rated']) return;
  const via = ctx.query['from'];
  const { app } = ctx;
  app.signals.track(
    keepRead(app, {
      textId: text.textId,
      articleId: text.articleId,
      reader,
      via: via === 'search' || via === 'form' ? via : undefined,
    }).catch((error: unknown) => app.log.warn({ err: error }, 'a reading was not counted')),
  );
}

export interface KeepRead {
  textId: number;
  articleId: number;
  reader: Pick<Reader, 'key' | 'mark' | 'contactId'>;
  /** Left out: the reader came by a link, and had no question that we know of. */
  via: 'search' | 'form' | undefined;
}

/** One open reading of a reader at a time: the last article is the one after which there was no ticket. */
export async function keepRead(app: App, { textId, articleId, reader, via }: KeepRead): Promise<void> {
  await change(app, async ({ trx, at }) => {
    await trx('kb_views')
      .insert({ day: at.slice(0, 10), textId, views: 1 })
      .onConflict(['day', 'textId'])
      .merge({ views: trx.raw('kb_views.views + 1') });
    if (reader.key === null) return;
    const { mark, contactId } = reader;
    // Whose browser it is: what he read before he signed in is his too.
    if (contactId !== null && mark !== null)
      await trx('kb_reads')
        .where({ reader: mark, state: 'open' })
        .whereNull('contactId')
        .update({ contactId });
    if (!via) return;
    const [kept, ...others] = await openReads(trx, { reader, at });
    const dueAt = new Date(Date.parse(at) + AVOIDED_MS).toISOString();
    const read = { contactId, articleId, via, at, dueAt };
    if (kept === undefined)
      await trx('kb_reads').insert({ ...read, reader: mark ?? reader.key, state: 'open' });
    else
      await trx('kb_reads')
        .where({ id: kept })
        .update({ ...read, contactId: contactId ?? undefined });
    if (others.length > 0) await trx('kb_reads').whereIn('id', others).delete();
  });
}

/** Ids of what this reader has read and what is not settled yet. A browser can be several people's, one after another. */
async function openReads(
  trx: Knex,
  { reader: { key, mark, contactId }, at }: { reader: KeepRead['reader']; at: string },
): Promise<number[]> {
  const query = trx('kb_reads')
    .where({ state: 'open' })
    .where('dueAt', '>=', at)
    .where((or) => {
      void or.where('reader', mark ?? key);
      if (contactId !== null) void or.orWhere({ contactId });
    })
    .orderBy('id');
  if (contactId !== null) void query.where((or) => or.whereNull('contactId').orWhere({ contactId }));
  const rows: { id: number }[] = await query.select('id');
  return rows.map(({ id }) => id);
}
