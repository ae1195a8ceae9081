import {
  errors,
  escapeHtml,
  FRAMED_POLICY,
  findMessage,
  type DeskContext,
  type MessageRecord,
} from '@helpdesk/core';
import { listRemotePictures, placeImages } from './pictures/letter-pictures.js';
import { pictureAddress } from './pictures/picture-address.js';
import { idOf } from './ticket-of.js';

const STYLE = `:root{color-scheme:light dark}body{margin:0;font:15px/1.6 system-ui,sans-serif;overflow-wrap:anywhere}
img{max-width:100%;height:auto}table{max-width:100%}pre{white-space:pre-wrap}blockquote{margin:.5em 0 .5em 0;padding-left:.8em;border-left:2px solid #8888}
.pictures{margin:0 0 1em;padding:.4em .8em;border-bottom:1px solid #8888;font-size:13px}.pictures a{white-space:nowrap}`;

/**
 * The HTML of a letter, sanitised when it was read, for a sandboxed frame. It runs nothing and loads nothing from
 * elsewhere; its own pictures come from the desk, and with `?pictures=1` the remote ones too, by the desk.
 */
export async function showBody(ctx: DeskContext): Promise<void> {
  const message = await findMessage(ctx.db, idOf(ctx.params['id']), ctx.viewer);
  if (message.html === null) throw errors.NOT_FOUND();
  const isShown = ctx.query['pictures'] === '1';
  const keys = await listAttached(ctx, message);
  const html = placeImages(message.html, {
    attached(contentId) {
      const key = keys.get(contentId);
      return key && `/desk/files/${key}/inline`;
    },
    remote: (number, url) =>
      isShown
        ? pictureAddress(ctx.app.keys, { agentId: ctx.agent.id, messageId: message.id, number, url })
        : undefined,
  });
  const bar = listRemotePictures(message.html).length > 0 ? barOf(ctx, message, isShown) : '';
  ctx.send(
    `<!doctype html><html lang="${ctx.language}"><head><meta charset="utf-8"><title>-</title><style>${STYLE}</style></head><body>${bar}${html}</body></html>`,
    {
      type: 'text/html; charset=utf-8',
      headers: { 'Content-Security-Policy': FRAMED_POLICY, 'X-Frame-Options': 'SAMEORIGIN' },
    },
  );
}

/** Inside the frame: showing pictures reloads this letter alone, and an answer half typed beside it stays. */
function barOf({ t }: DeskContext, { id }: MessageRecord, isShown: boolean): string {
  const body = `/desk/messages/${id}/body`;
  const [about, label, href] = isShown
    ? ['desk.pictures.areShown', 'desk.pictures.hide', body]
    : ['desk.pictures.areHidden', 'desk.pictures.show', `${body}?pictures=1`];
  return `<p class="pictures">${escapeHtml(t(about))} <a href="${href}">${escapeHtml(t(label))}</a></p>`;
}

async function listAttached({ db }: DeskContext, { id }: MessageRecord): Promise<Map<string, string>> {
  const files: { key: string; contentId: string }[] = await db('attachments')
    .where({ messageId: id })
    .whereNotNull('contentId')
    .select('key', 'contentId');
  return new Map(files.map(({ key, contentId }) => [contentId, key]));
}
