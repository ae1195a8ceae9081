import { randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { extname } from 'node:path';
import { constants } from 'node:zlib';
import compress from 'koa-compress';
import Koa, { type Context, type Middleware } from 'koa';
import { HelpdeskError } from '../errors/define-errors.js';
import type { HostApp } from '../plugins/host-app.js';
import type { Assets } from '../views/create-assets.js';
import type { Views } from '../views/create-views.js';
import { renderErrorPage } from '../views/render-error-page.js';
import type { Dispatch } from './create-dispatch.js';
import { setSecurityHeaders } from './security-headers.js';

/** What the composition that runs now answers with; read at every request, so that a switch takes effect at once. */
export interface WebComposition {
  readonly dispatch: Dispatch;
  readonly views: Views;
  readonly assets: Assets;
  readonly claimsRoot: boolean;
}

/** The web server without its socket. */
export function createWeb(
  app: HostApp,
  { current, isHttps, proxies }: { current: () => WebComposition; isHttps: boolean; proxies: number },
): Koa {
  const koa = new Koa({ proxy: proxies > 0, maxIpsCount: proxies });
  koa.on('error', (error: unknown) => {
    if (!isGone(error)) app.log.error({ err: error }, 'a request failed');
  });
  koa.use(async (ctx, next) => {
    setSecurityHeaders(ctx, { isHttps });
    try {
      await next();
    } catch (error) {
      await answerError(app, ctx, { error, current });
    }
  });
  koa.use(
    compress({
      threshold: 2048,
      br: false,
      gzip: { level: constants.Z_BEST_SPEED + 2 },
      defaultEncoding: 'identity',
    }),
  );
  koa.use(serveAssets(current));
  koa.use(serveHealth(app));
  koa.use(leadOn(current));
  koa.use((ctx, next) => current().dispatch.middleware(ctx, next));
  koa.use(async (ctx) => {
    if (ctx.status === 404 && ctx.body === undefined) await answerNotFound(app, ctx, current);
  });
  return koa;
}

const isGone = (error: unknown) =>
  ['ECONNRESET', 'EPIPE', 'ERR_STREAM_PREMATURE_CLOSE', 'ERR_STREAM_DESTROYED'].includes(
    (error as { code?: string }).code ?? '',
  );

function serveAssets(current: () => WebComposition): Middleware {
  return async (ctx, next) => {
    if (!ctx.path.startsWith('/assets/') || (ctx.method !== 'GET' && ctx.method !== 'HEAD')) return next();
    const asset = current().assets.find(ctx.path);
    if (!asset) return next();
    ctx.type = extname(asset.file);
    ctx.set('Cache-Control', asset.immutable ? 'public, max-age=31536000, immutable' : 'public, max-age=60');
    ctx.length = (await stat(asset.file)).size;
    ctx.body = createReadStream(asset.file);
  };
}

function serveHealth(app: HostApp): Middleware {
  return async (ctx, next) => {
    if (ctx.path !== '/health' || ctx.method !== 'GET') return next();
    const report = await app.health();
    ctx.status = report.ok ? 200 : 503;
    ctx.set('Cache-Control', 'no-store');
    // Names of checks and whether they pass; what is wrong in detail is for administrators.
    const checks = report.checks.map(({ plugin, name, ok }) => ({ plugin, name, ok }));
    ctx.body = { ok: report.ok, isDegraded: checks.some(({ ok }) => !ok), checks };
  };
}

/** `/` leads to the desk when no plugin claims it; the address of the setup is short, since people copy it by hand. */
function leadOn(current: () => WebComposition): Middleware {
  return async (ctx, next) => {
    if (ctx.method !== 'GET') return next();
    if (ctx.path === '/' && !current().claimsRoot) return redirect(ctx, '/desk');
    if (ctx.path === '/setup') return redirect(ctx, `/desk/setup${ctx.search}`);
    return next();
  };
}

function redirect(ctx: Context, to: string): void {
  ctx.status = 303;
  ctx.set('Location', to);
  ctx.body = '';
}

async function answerNotFound(app: HostApp, ctx: Context, current: () => WebComposition): Promise<void> {
  const { dispatch, views } = current();
  const visit = await dispatch.visitOf(ctx);
  const html = await renderErrorPage(
    views,
    { status: 404, home: '/' },
    contextFor(app, ctx, { visit, current }),
  );
  ctx.status = 404;
  ctx.type = 'html';
  ctx.body = html;
}

/** What went wrong, in words that the visitor may read; everything else gets a number and goes to the log. */
async function answerError(
  app: HostApp,
  ctx: Context,
  { error, current }: { error: unknown; current: () => WebComposition },
): Promise<void> {
  const status = statusOf(error);
  const reference = status >= 500 ? randomBytes(3).toString('hex') : undefined;
  if (status >= 500) app.log.error({ err: error, reference, path: ctx.path }, 'a page failed');
  else if (status === 403 || status === 401)
    app.log.info({ code: codeOf(error), path: ctx.path, ip: ctx.ip }, 'refused');
  ctx.status = status;
  if (status === 429 && error instanceof HelpdeskError) ctx.set('Retry-After', secondsOf(error));
  if (status === 503) ctx.set('Retry-After', '10');
  if (ctx.get('X-Fragment') === '1' || ctx.accepts('html', 'json') === 'json') {
    ctx.body = { error: codeOf(error), ...(reference ? { reference } : {}), ...problemsOf(error) };
    return;
  }
  const { dispatch, views } = current();
  const visit = await dispatch.visitOf(ctx).catch(() => undefined);
  const words = visit ? wordsFor(app, visit.language, error) : {};
  const page = { status, home: '/', ...(reference ? { reference } : {}), ...words };
  ctx.type = 'html';
  ctx.body = await renderErrorPage(views, page, contextFor(app, ctx, { visit, current }), (failure) =>
    app.log.error({ err: failure }, 'the error page failed'),
  );
}

/** Codes with words of their own in the texts are told; nothing of the error itself is. */
function wordsFor(app: HostApp, language: string, error: unknown): { title?: string; text?: string } {
  if (!(error instanceof HelpdeskError) || error.status >= 500) return {};
  const key = `core.problem.${error.code}`;
  const text = app.t(language, key, error.details);
  return text === key ? {} : { text };
}

function contextFor(
  app: HostApp,
  ctx: Context,
  {
    visit,
    current,
  }: { visit: Awaited<ReturnType<Dispatch['visitOf']>> | undefined; current: () => WebComposition },
) {
  return {
    language: visit?.language ?? app.company.language,
    timeZone: visit?.timeZone ?? app.company.timeZone,
    now: app.now().toISOString(),
    can: visit?.can ?? (() => false),
    asset: current().assets.url,
    url: ctx.path + ctx.search,
    page: { accent: app.company.accent },
  };
}

const codeOf = (error: unknown) => (error instanceof HelpdeskError ? error.code : 'FAULT');

function problemsOf(error: unknown): Record<string, unknown> {
  const problems = error instanceof HelpdeskError ? error.details['problems'] : undefined;
  return typeof problems === 'object' ? { problems } : {};
}

function statusOf(error: unknown): number {
  if (error instanceof HelpdeskError) return error.status;
  const { status, code } = error as { status?: unknown; code?: unknown };
  // The framework's own refusals of malformed requests.
  if (typeof status === 'number' && status >= 400 && status < 500) return status;
  if (code === 'SQLITE_BUSY' || code === 'ECONNREFUSED' || code === '57P01' || code === '08006') return 503;
  return error instanceof URIError ? 400 : 500;
}

function secondsOf({ details }: HelpdeskError): string {
  const { seconds } = details;
  return typeof seconds === 'number' ? String(seconds) : '60';
}
