import type { Context } from 'koa';

const POLICY = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-src 'self'",
  "frame-ancestors 'none'",
].join('; ');

/** On every answer, errors included; a route that serves a mail's body replaces the policy. */
export function setSecurityHeaders(ctx: Context, { isHttps }: { isHttps: boolean }): void {
  ctx.set('Content-Security-Policy', POLICY);
  ctx.set('X-Content-Type-Options', 'nosniff');
  ctx.set('Referrer-Policy', 'same-origin');
  ctx.set('X-Frame-Options', 'DENY');
  ctx.set('Cross-Origin-Opener-Policy', 'same-origin');
  // A desk on a LAN without TLS must not lose its pages to a promise it cannot keep.
  if (isHttps) ctx.set('Strict-Transport-Security', 'max-age=31536000');
}

/**
 * For untrusted HTML in a frame: runs nothing, loads nothing from elsewhere. `images` lets consented remote pictures
 * through, which come from this site's own proxy.
 */
export const FRAMED_POLICY =
  "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox allow-same-origin allow-popups allow-popups-to-escape-sandbox";
