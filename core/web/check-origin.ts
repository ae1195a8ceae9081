import type { Context } from 'koa';
import { errors } from '../errors/errors.js';

/**
 * Whether a request that changes something comes from a page of this site. Browsers of today say so in
 * `Sec-Fetch-Site`; older ones send `Origin`; without both, the form's token must prove it.
 * @throws INPUT_INVALID (403 in effect) when it does not
 */
export function checkOrigin(ctx: Context, tokenIsRight: () => boolean): void {
  const site = ctx.get('Sec-Fetch-Site');
  if (site === 'same-origin' || site === 'none') return;
  const origin = ctx.get('Origin');
  if (!site && origin && origin !== 'null' && sameHost(origin, ctx.host)) return;
  if (!site && !origin && tokenIsRight()) return;
  throw errors.CROSS_SITE();
}

function sameHost(origin: string, host: string): boolean {
  try {
    return new URL(origin).host === host;
  } catch {
    return false;
  }
}
