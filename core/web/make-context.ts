import { PassThrough } from 'node:stream';
import type { Context as KoaContext } from 'koa';
import { createHash } from 'node:crypto';
import { change } from '../database/change.js';
import { errors } from '../errors/errors.js';
import { formatBytes } from '../i18n/format-numbers.js';
import type { RenderContext } from '../views/render-context.js';
import { checkForm, typedOf } from './check-form.js';
import { checkOrigin } from './check-origin.js';
import { cleanText } from './clean-text.js';
import type { BaseContext, Flash, PageOptions, Upload } from './context.js';
import type { FileLimits } from './collect-files.js';
import { readBytes, readJson, readUrlencoded } from './read-body.js';
import { readMultipart, type Multipart } from './read-uploads.js';
import { sitePath } from './site-path.js';
import type { Visit } from './visit.js';

const FORM_BYTES = 1024 * 1024;
const UPLOADS: FileLimits = { maxBytes: 25 * 1024 * 1024, most: 20 };

/** Builds what a handler is given, on top of a Koa context that it never sees. */
export function makeContext(koa: KoaContext, visit: Visit): BaseContext {
  const { web, actor } = visit;
  const { app } = web;
  let body: Promise<Multipart> | undefined;

  const csrfToken = () => app.keys.sign('csrf', visit.csrfSeed());
  async function readBody() {
    body ??= readAny(koa, visit.language);
    const read = await body;
    if (koa.method !== 'GET' && visit.needsOrigin)
      checkOrigin(koa, () =>
        app.keys.verify('csrf', visit.csrfSeed(), String(read.fields.get('_csrf') ?? '')),
      );
    return read;
  }
  // The body was read before anybody could say how much he takes; a page that takes less is asked here.
  async function readUploads(limits: Partial<FileLimits> = {}): Promise<readonly Upload[]> {
    const { uploads, excess } = await readBody();
    const maxBytes = Math.min(limits.maxBytes ?? Infinity, UPLOADS.maxBytes);
    const most = Math.min(limits.most ?? Infinity, UPLOADS.most);
    const size = uploads.reduce((sum, { content }) => sum + content.length, 0);
    const { language } = visit;
    if (excess === 'bytes' || size > maxBytes)
      throw errors.TOO_LARGE({ limit: formatBytes(maxBytes, { language }) });
    if (excess === 'files' || uploads.length > most)
      throw errors.TOO_LARGE({ limit: web.texts.t(language, 'core.limit.files', { count: most }) });
    return uploads;
  }

  const context: BaseContext = {
    app,
    db: app.db,
    params: visit.params,
    query: firstValues(koa.URL.searchParams),
    queryAll: (name) => koa.URL.searchParams.getAll(name).slice(0, 200).map(cleanText),
    method: koa.method,
    path: koa.path,
    url: koa.path + koa.search,
    ip: koa.ip,
    userAgent: koa.get('User-Agent').slice(0, 300),
    header: (name) => koa.get(name),
    wantsFragment: koa.get('X-Fragment') === '1',
    language: visit.language,
    timeZone: visit.timeZone,
    now: app.now(),
    actor,
    t: (key, values) => web.texts.t(visit.language, key, values),

    async form(schema) {
      const result = await this.readForm(schema);
      if (result.ok) return result.value;
      throw errors.FORM_INVALID({ problems: result.problems });
    },
    readForm: async (schema) => checkForm(schema, (await readBody()).fields),
    typed: async () => typedOf((await readBody()).fields),
    uploads: readUploads,
    change: (work) => change(app, work),

    async render(view, data = {}, options = {}) {
      const flash = takeFlash();
      const page = { ...(await visit.frame()), ...options.page };
      const render = renderContext(options, page);
      answer(await web.views.render(view, { toast: flash, ...data }, render), options.status ?? 200);
    },
    async renderPartial(partial, data = {}) {
      answer(await web.views.renderPartial(partial, data, renderContext({}, {})), 200);
    },
    redirect(path) {
      koa.status = 303;
      koa.set('Location', sitePath(path, visit.home));
      koa.body = '';
    },
    flash: (flash) => visit.setCookie('hd-flash', sealFlash(flash), { maxAgeMs: 60_000, httpOnly: true }),
    json(value, status = 200) {
      koa.status = status;
      koa.type = 'application/json';
      koa.body = JSON.stringify(value);
      koa.set('Cache-Control', 'no-store');
    },
    send(content, { type, status = 200, headers = {} }) {
      koa.status = status;
      koa.set('Content-Type', type);
      koa.set('Cache-Control', 'private, no-store');
      for (const [name, value] of Object.entries(headers)) koa.set(name, value);
      koa.body = content;
    },
    stream: () => openStream(koa),
    cookie: (name) => koa.cookies.get(name),
    setCookie: visit.setCookie,
    noContent() {
      koa.status = 204;
      koa.body = null;
    },
  };
  return context;

  function renderContext({ page }: PageOptions, frame: Readonly<Record<string, unknown>>): RenderContext {
    const theme = koa.cookies.get('hd-theme');
    return {
      language: visit.language,
      timeZone: visit.timeZone,
      now: app.now().toISOString(),
      can: visit.can,
      asset: web.assets.url,
      slots: (place) => web.panelsOf(place, visit),
      csrfToken: csrfToken(),
      url: koa.path + koa.search,
      ...(theme === 'light' || theme === 'dark' ? { theme } : {}),
      page: { ...frame, ...page },
    };
  }

  function answer(html: string, status: number): void {
    koa.status = status;
    koa.type = 'html';
    koa.set('Cache-Control', 'no-store');
    // As bytes: the framework would count and encode a text twice.
    koa.body = Buffer.from(html);
  }

  // Words travel to the next page in a cookie that only we can write: no state to keep, and nobody can plant them.
  function sealFlash(flash: Flash): string {
    const text = Buffer.from(JSON.stringify(flash)).toString('base64url');
    return `${text}.${app.keys.sign('flash', text)}`;
  }
  function takeFlash(): unknown {
    const [text, signature] = (koa.cookies.get('hd-flash') ?? '').split('.');
    if (!text || !signature) return undefined;
    visit.setCookie('hd-flash', null);
    if (!app.keys.verify('flash', text, signature)) return undefined;
    return presentFlash(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')) as Flash);
  }
}

function presentFlash({ text, tone, undo }: Flash): Record<string, unknown> {
  const fields = Object.entries(undo?.fields ?? {}).map(([name, value]) => ({ name, value }));
  return {
    text,
    tone,
    ...(undo ? { undoUrl: undo.url, seconds: undo.seconds ?? 8, undoFields: fields } : {}),
  };
}

async function readAny(koa: KoaContext, language: string): Promise<Multipart> {
  if (koa.method === 'GET' || koa.method === 'HEAD') return { fields: new Map(), uploads: [] };
  if (koa.is('multipart/form-data')) return readMultipart(koa.req, koa.res, { ...UPLOADS, language });
  const text = (await readBytes(koa.req, FORM_BYTES, language)).toString('utf8');
  if (koa.is('json')) return { fields: fieldsOfJson(readJson(text)), uploads: [] };
  return { fields: readUrlencoded(text), uploads: [] };
}

function fieldsOfJson(value: unknown): Multipart['fields'] {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw errors.INPUT_INVALID({ because: 'the body must be a JSON object' });
  return new Map(Object.entries(value) as [string, string][]);
}

function firstValues(params: URLSearchParams): Record<string, string> {
  const values = Object.create(null) as Record<string, string>;
  for (const [name, value] of params) values[name] ??= cleanText(value);
  return values;
}

const HEARTBEAT_MS = 15_000;

function openStream(koa: KoaContext): ReturnType<BaseContext['stream']> {
  koa.req.socket.setTimeout(0);
  koa.req.socket.setNoDelay(true);
  koa.set({
    'Content-Type': 'text/event-stream',
    'Cache-Control': 'no-cache, no-transform',
    'X-Accel-Buffering': 'no',
  });
  (koa as KoaContext & { compress?: boolean }).compress = false;
  const stream = new PassThrough();
  koa.status = 200;
  koa.body = stream;
  stream.write('retry: 2000\n\n');
  const heartbeat = setInterval(() => stream.write(': \n\n'), HEARTBEAT_MS);
  koa.req.on('close', () => {
    clearInterval(heartbeat);
    stream.end();
  });
  return {
    write: (text) => void stream.write(text),
    onClose: (work) => void koa.req.on('close', work),
    close: () => stream.end(),
  };
}

/** What a visitor without a session is known by, for the token of forms: the cookie of this browser. */
export function seedOf(browser: string): string {
  return createHash('sha256').update(browser).digest('base64url');
}
