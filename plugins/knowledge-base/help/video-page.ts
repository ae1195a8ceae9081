import { errors, escapeHtml, type PortalContext } from '@helpdesk/core';
import { openVideoPath } from '../words/video-card.js';
import type { Video } from '../words/video.js';

/**
 * The player of a film, on a page of its own: it alone may load something from elsewhere, and only from the one site
 * where the film is. It is shown in a frame of the article, or by itself where no script runs.
 */
export function videoPage(ctx: PortalContext): void {
  const video = openVideoPath(ctx.app, ctx.query);
  if (!video) throw errors.NOT_FOUND();
  const origin = new URL(video.source).origin;
  ctx.send(pageOf(ctx, video), {
    type: 'text/html; charset=utf-8',
    headers: {
      'Content-Security-Policy': [
        "default-src 'none'",
        "style-src 'self'",
        video.provider === 'file' ? `media-src ${origin}` : `frame-src ${origin}`,
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'self'",
      ].join('; '),
      'X-Frame-Options': 'SAMEORIGIN',
      // Players refuse who does not say from where he comes; they learn the site, not the article.
      'Referrer-Policy': 'strict-origin',
      'X-Robots-Tag': 'noindex',
    },
  });
}

function pageOf(ctx: PortalContext, { provider, source }: Video): string {
  const title = escapeHtml(ctx.t('knowledge-base.video'));
  const src = escapeHtml(source);
  const player =
    provider === 'file'
      ? `<video src="${src}" controls preload="metadata" aria-label="${title}"></video>`
      : `<iframe src="${src}" title="${title}" allow="fullscreen; encrypted-media; picture-in-picture" allowfullscreen></iframe>`;
  return `<!doctype html>
<html lang="${ctx.language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title}</title><link rel="stylesheet" href="/assets/knowledge-base/player.css"></head>
<body><main><h1>${title}</h1>${player}</main></body></html>
`;
}
