import { errors, findMessage, type DeskContext } from '@helpdesk/core';
import { idOf } from '../ticket-of.js';
import { createGate } from './create-gate.js';
import { fetchPicture } from './fetch-picture.js';
import { listRemotePictures } from './letter-pictures.js';
import { isPictureAddress } from './picture-address.js';
import { publicNet } from './picture-net.js';

// A picture is held in memory until it is known to be one: sixteen of the largest are 80 MB.
const gate = createGate({ most: 16, waiting: 200 });

/**
 * A picture of a letter from elsewhere, fetched by the desk, so that its sender does not see the reader. The address names
 * a letter that the reader may see and a place in it, never a URL: what stands in no letter is not fetched. Kept by the
 * reader's browser alone: the pictures of strangers do not pile up on the company's disk, and what is erased here is gone.
 */
export async function sendPicture(ctx: DeskContext): Promise<void> {
  const message = await findMessage(ctx.db, idOf(ctx.params['id']), ctx.viewer);
  const number = idOf(ctx.params['number']);
  const url = listRemotePictures(message.html)[number];
  const { agent, app, query } = ctx;
  if (
    url === undefined ||
    !isPictureAddress(app.keys, { agentId: agent.id, messageId: message.id, number, url }, query['s'] ?? '')
  )
    throw errors.NOT_FOUND();
  // Asking for the size of something must not make the desk fetch it.
  const picture = ctx.method === 'HEAD' ? undefined : await gate.pass(() => fetchPicture(url, publicNet));
  if (picture === undefined || 'refused' in picture)
    return ctx.send('', { type: 'text/plain', status: 404, headers: { 'Cache-Control': 'no-store' } });
  ctx.send(picture.content, {
    type: picture.type,
    headers: {
      'Cache-Control': 'private, max-age=86400',
      'Content-Security-Policy': "sandbox; default-src 'none'",
      'X-Content-Type-Options': 'nosniff',
    },
  });
}
