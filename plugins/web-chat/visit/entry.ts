import { jsonOrNone, type HostApp, type InboundContext } from '@helpdesk/core';
import { z, type ZodType, type output } from 'zod';
import { readOrigins } from '../site/origins.js';
import { findSite, type Site } from '../site/site.js';

/** A body of more is no chat message. */
const BODY_BYTES = 64 * 1024;

/**
 * Whether a page of a site that the chat may stand on asks. Browsers always say the origin of such a call, and pages
 * cannot change it.
 */
export async function isFromSite({ app, params, header }: InboundContext): Promise<boolean> {
  const site = await findSite(app, params['chat'] ?? '');
  return site !== undefined && isAllowed(app, site, header('Origin'));
}

function isAllowed({ config: { url } }: HostApp, { config }: Site, origin: string): boolean {
  // The portal may carry the chat as well.
  return (
    origin !== '' && (origin === new URL(url).origin || readOrigins(config.origins).origins.includes(origin))
  );
}

/** Answers a call of the page. The body is plain text to the browser, so that it need not ask beforehand. */
export function answer(ctx: InboundContext, value: unknown, status = 200): void {
  ctx.send(JSON.stringify(value), {
    type: 'application/json',
    status,
    headers: {
      'Access-Control-Allow-Origin': ctx.header('Origin'),
      'Access-Control-Expose-Headers': 'Retry-After',
      Vary: 'Origin',
      ...(status === 429 && isBusy(value) ? { 'Retry-After': String(value.seconds) } : {}),
    },
  });
}

const isBusy = (value: unknown): value is { seconds: number } =>
  typeof value === 'object' && value !== null && 'seconds' in value;

/** What the page said, or nothing after an answer that says why not. */
export function readBody<S extends ZodType>(ctx: InboundContext, schema: S): output<S> | undefined {
  if (ctx.raw.length > BODY_BYTES) return refuse(ctx, { error: 'too-large' }, 413);
  const read = schema.safeParse(jsonOrNone(ctx.raw.toString('utf8')));
  if (read.success) return read.data;
  const fields = read.error.issues.map(({ path }) => path.join('.'));
  return refuse(ctx, { error: 'invalid', fields }, 422);
}

function refuse(ctx: InboundContext, value: unknown, status: number): undefined {
  answer(ctx, value, status);
  return undefined;
}

/** The chat of a call that `isFromSite` let in. */
export async function siteOf({ app, params }: InboundContext): Promise<Site | undefined> {
  return findSite(app, params['chat'] ?? '');
}

export const Token = z.string().regex(/^[0-9a-f]{32}$/);
export const isVisitor = (text: string | undefined): text is string => /^[0-9a-f]{32}$/.test(text ?? '');
