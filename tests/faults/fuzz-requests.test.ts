import { request } from 'node:http';
import { connect } from 'node:net';
import { startTestDesk, testEngines, type TestDesk } from '@helpdesk/core/testing';
import { desk as deskPlugin } from '@helpdesk/plugin-desk';
import { email } from '@helpdesk/plugin-email';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isCampaign, seed, seeded, type Random } from './seeded.js';

const count = isCampaign ? 100_000 : 2000;

const pieces = ['%', '%%', '%00', '%ff%fe', '%e0%a4%a', '..', '../../etc/passwd', '__proto__', 'constructor', '[]', '[0]',
  '{{7*7}}', '<script>', "' or 1=1 --", '\u0000', '\ud800', '𝕏', 'A'.repeat(5000), '-1', '1e309', 'NaN', '9999999999999999999',
  'null', 'true', ';', '//evil.example', '\\evil', 'javascript:alert(1)', '${jndi}', '\r\nX-Evil: 1', ' ', '']; // prettier-ignore

const types = ['application/x-www-form-urlencoded', 'application/json', 'multipart/form-data; boundary=b', 'multipart/form-data',
  'text/plain', 'application/xml', 'x', '', 'application/x-www-form-urlencoded; charset=utf-7']; // prettier-ignore

describe.each(testEngines)('requests that nobody should send, %s', (engine) => {
  let desk: TestDesk;
  let cookie = '';

  beforeAll(async () => {
    desk = await startTestDesk({ engine, config: { plugins: [deskPlugin(), email()] } });
    cookie = await signInCookie(desk);
  });
  afterAll(() => desk?.close());

  it(
    `answers ${count} of them without a fault, a stack or a crash (P42)`,
    { timeout: 1_800_000 },
    async () => {
      const random = seeded(seed + 3);
      const routes = desk.app.routes().map(({ method, path }) => ({ method, path }));
      const statuses = new Map<number, number>();
      for (let n = 0; n < count; n++) {
        const made = makeRequest(random, routes, cookie);
        const { status, body } = await send(desk.url, made);
        // Signing out is one of the pages.
        if (n % 40 === 39) cookie = await signInCookie(desk);
        statuses.set(status, (statuses.get(status) ?? 0) + 1);
        const shown = `${made.method} ${made.path.slice(0, 200)} ${made.headers['content-type'] ?? ''} ${String(made.body).slice(0, 200)}`;
        expect(status, `${shown}\n${body.slice(0, 500)}`).toBeLessThan(500);
        expect(body, shown).not.toMatch(/\bat .+\.(ts|js):\d+/);
      }
      console.log(`${engine}: ${[...statuses].map(([status, n]) => `${status}×${n}`).join(' ')}`);
      const { status } = await send(desk.url, { method: 'GET', path: '/health', headers: {}, body: '' });
      expect(status).toBe(200);
    },
  );

  it('outlives bytes that are no HTTP', async () => {
    for (const bytes of [
      '\0\0\0',
      'GET\r\n\r\n',
      'GET / HTTP/9.9\r\n\r\n',
      `GET /${'x'.repeat(100_000)} HTTP/1.1\r\n\r\n`,
      'POST / HTTP/1.1\r\nContent-Length: 99\r\n\r\nx',
    ])
      await poke(desk.url, bytes);
    expect((await send(desk.url, { method: 'GET', path: '/health', headers: {}, body: '' })).status).toBe(
      200,
    );
  });
});

interface Made {
  method: string;
  path: string;
  headers: Record<string, string>;
  body: string;
}

function makeRequest(
  random: Random,
  routes: readonly { method: string; path: string }[],
  cookie: string,
): Made {
  const route =
    routes.length > 0 && random.below(4) > 0
      ? random.pick(routes)
      : { method: 'GET', path: `/${random.pick(pieces)}` };
  const path = route.path.replaceAll(/:(\w+)\*?/g, () =>
    random.below(2) ? String(random.below(5)) : encode(random, random.pick(pieces)),
  );
  const query = random.below(2) ? `?${fields(random)}` : '';
  const method =
    random.below(10) === 0
      ? random.pick(['PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD', 'TRACE', 'PROPFIND'])
      : route.method;
  const hasBody = method !== 'GET' && method !== 'HEAD' && method !== 'TRACE';
  const type = random.below(3) ? types[0] : random.pick(types);
  return {
    method,
    path: printable((path + query).slice(0, 12_000)),
    headers: {
      ...(random.below(5)
        ? { cookie }
        : {
            cookie: `hd=${encodeURIComponent(random.pick(pieces).toWellFormed()).slice(0, 3000)}; hd-flash=a.b`,
          }),
      ...(random.below(4) ? { 'sec-fetch-site': 'same-origin' } : {}),
      ...(hasBody ? { 'content-type': type ?? '' } : {}),
      accept: random.pick(['text/html', '*/*', 'application/json', 'x']),
    },
    body: hasBody ? bodyOf(random, type ?? '') : '',
  };
}

function bodyOf(random: Random, type: string): string {
  if (random.below(50) === 0) return 'a=1&'.repeat(10_000);
  if (type.includes('json'))
    return random.pick([
      '{',
      '[]',
      'null',
      '{"__proto__":{"x":1}}',
      '{"a":{"b":[1]}}',
      '"x"',
      `[${'['.repeat(5000)}`,
    ]);
  if (type.includes('multipart'))
    return random.pick([
      '--b\r\n',
      '--b\r\nContent-Disposition: form-data; name="x"\r\n\r\n1\r\n--b--\r\n',
      '--b\r\nContent-Disposition: form-data; name="files"; filename="a.txt"\r\n\r\nhello\r\n--b--\r\n',
      'x'.repeat(1000),
      '--b\r\nContent-Disposition: form-data; name="__proto__"\r\n\r\n1\r\n--b--\r\n',
    ]);
  return fields(random);
}

const names = ['id', 'q', 'view', 'after', 'before', 'line', 'team', 'assignee', 'priority', 'status', 'text', 'body', 'name', 'email',
  'password', 'next', 'language', 'expectedVersion', '_once', 'tag', 'order', 'id[]', 'a[b]', '__proto__', 'constructor', 'toString']; // prettier-ignore

function fields(random: Random): string {
  return Array.from(
    { length: 1 + random.below(6) },
    () => `${encode(random, random.pick(names))}=${encode(random, random.pick(pieces))}`,
  ).join('&');
}

function encode(random: Random, text: string): string {
  return random.below(2) ? text : encodeURIComponent(text.toWellFormed());
}

// The client refuses what no browser can put into a request line; raw bytes are the other test's matter.
const printable = (path: string) =>
  path.replaceAll(/[^\u0021-\u007e]/g, (sign) => encodeURIComponent(sign.toWellFormed()));

function send(url: string, { method, path, headers, body }: Made): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const asked = request(
      new URL(url),
      {
        method,
        path,
        headers: { ...headers, 'content-length': String(Buffer.byteLength(body)) },
        agent: false,
      },
      (answer) => {
        let text = '';
        answer.setEncoding('utf8');
        answer.on('data', (piece: string) => {
          text += piece;
          // Live streams never end.
          if (answer.headers['content-type']?.includes('event-stream')) answer.destroy();
        });
        answer.on('close', () => resolve({ status: answer.statusCode ?? 0, body: text }));
        answer.on('error', () => resolve({ status: answer.statusCode ?? 0, body: text }));
      },
    );
    asked.on('error', (error: Error & { code?: string }) =>
      error.code === 'ECONNRESET' || error.code === 'EPIPE'
        ? resolve({ status: 413, body: '' })
        : reject(error),
    );
    asked.end(body);
  });
}

function poke(url: string, bytes: string): Promise<void> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname, () => socket.end(bytes));
    socket.on('error', () => resolve());
    socket.on('close', () => resolve());
    socket.resume();
    setTimeout(() => socket.destroy(), 500);
  });
}

async function signInCookie(desk: TestDesk): Promise<string> {
  const { signIn } = await import('@helpdesk/core');
  const { email: address, password } = desk.owner;
  const signed = await signIn(desk.app, { email: address, password, ip: '127.0.0.1', device: 'test' });
  return signed.ok ? `hd=${signed.token}` : '';
}
