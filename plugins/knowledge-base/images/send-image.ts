import { createReadStream } from 'node:fs';
import { errors, type BaseContext } from '@helpdesk/core';
import type { Knex } from 'knex';
import { seenIn, type Scope } from '../articles/visible.js';
import { extensionOf } from './sniff-image.js';

/** Sends an image of an article that the reader may see; colleagues (scope null) see all. @throws NOT_FOUND */
export async function sendImage(ctx: BaseContext, scope: Scope): Promise<void> {
  const [sha256 = '', extension] = (ctx.params['file'] ?? '').split('.');
  if (!/^[0-9a-f]{64}$/.test(sha256)) throw errors.NOT_FOUND();
  const image: { contentType: string } | undefined = await ctx
    .db('kb_images')
    .where('kb_images.sha256', sha256)
    .modify((query: Knex.QueryBuilder) => void (scope && usedWhereSeen(query, scope)))
    .first('contentType');
  if (!image || extensionOf(image.contentType) !== extension || !(await ctx.app.files.exists(sha256)))
    throw errors.NOT_FOUND();
  ctx.send(createReadStream(ctx.app.files.path(sha256)), {
    type: image.contentType,
    headers: {
      // The address is that of the content; who may see it can change.
      'Cache-Control': 'private, max-age=3600',
      'Content-Security-Policy': "default-src 'none'; sandbox",
    },
  });
}

const usedWhereSeen = (query: Knex.QueryBuilder, scope: Scope) =>
  query
    .join('kb_image_uses', 'kb_image_uses.sha256', 'kb_images.sha256')
    .join('kb_texts', 'kb_texts.id', 'kb_image_uses.textId')
    .join('kb_articles', 'kb_articles.id', 'kb_texts.articleId')
    .modify((inner: Knex.QueryBuilder) => seenIn(inner, scope));
