import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { fetchPicture, LARGEST } from './fetch-picture.js';
import { publicNet, type PictureNet } from './picture-net.js';

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const SVG = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>';

type Page = (answer: ServerResponse, request: IncomingMessage) => void;
const file =
  (content: Buffer | string, type = 'image/png', status = 200): Page =>
  (answer) =>
    answer.writeHead(status, { 'Content-Type': type }).end(content);
const moved =
  (to: string, status = 302): Page =>
  (answer) =>
    answer.writeHead(status, { Location: to }).end();

/** A stream that never ends and never says how long it is. */
const endless: Page = (answer) => {
  answer.writeHead(200, { 'Content-Type': 'image/png' });
  answer.write(PNG);
  const more = () => {
    while (!answer.destroyed && answer.write(Buffer.alloc(64 * 1024)));
    if (!answer.destroyed) answer.once('drain', more);
  };
  more();
};

const pages: Record<string, Page> = {
  '/a.png': file(PNG),
  '/lies.png': file(PNG, 'text/html'),
  '/query?a=1&b=2': file(PNG),
  '/page.png': file('<html><script>alert(1)</script></html>'),
  '/a.svg': file(SVG, 'image/svg+xml'),
  '/svg.png': file(SVG),
  '/empty.png': file(''),
  '/broken.png': file(PNG, 'image/png', 500),
  '/zipped.png': (answer) => answer.writeHead(200, { 'Content-Encoding': 'gzip' }).end(PNG),
  '/large.png': file(Buffer.concat([PNG, Buffer.alloc(10 * 1024 * 1024)])),
  '/announced.png': (answer) => answer.writeHead(200, { 'Content-Length': 10 * 1024 * 1024 }).write(PNG),
  '/just.png': file(Buffer.concat([PNG, Buffer.alloc(LARGEST - PNG.length)])),
  '/endless.png': endless,
  '/silent.png': () => undefined,
  '/drip.png': (answer) => {
    answer.writeHead(200);
    const timer = setInterval(() => answer.write('.'), 20);
    answer.on('close', () => clearInterval(timer));
  },
  '/short.png': (answer) => {
    answer.writeHead(200, { 'Content-Length': 1000 }).write(PNG);
    setImmediate(() => answer.destroy());
  },
  '/moved.png': moved('/a.png'),
  '/moved-301.png': moved('http://pictures.example/a.png', 301),
  '/circle.png': moved('/circle.png'),
  '/to-file.png': moved('file:///etc/passwd'),
  '/to-nothing.png': moved('http://'),
};

const server = createServer((request, answer) => {
  asked.push({ url: request.url ?? '', headers: request.headers });
  (pages[request.url ?? ''] ?? file('', 'text/plain', 404))(answer, request);
});
let port = 0;
const asked: { url: string; headers: IncomingHttpHeaders }[] = [];
/** What the resolver was asked for. */
const looked: string[] = [];

beforeAll(async () => {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  ({ port } = server.address() as AddressInfo);
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
});
beforeEach(() => {
  asked.length = 0;
  looked.length = 0;
});

/** The public internet of these tests: one server, known by its name alone. `127.0.0.1` as a URL is the inside. */
const net = (answers: Readonly<Record<string, readonly string[][]>> = {}, timeoutMs = 20_000): PictureNet => {
  const left = new Map(Object.entries(answers).map(([host, lists]) => [host, [...lists]]));
  return {
    timeoutMs,
    allows: (address, at) => address === '127.0.0.1' && at === port,
    async resolve(host) {
      looked.push(host);
      const list = left.get(host);
      return (list && list.length > 1 ? list.shift() : list?.[0]) ?? ['127.0.0.1'];
    },
  };
};
const at = (path: string) => `http://pictures.example:${port}${path}`;

it.each(['/a.png', '/lies.png', '/query?a=1&b=2', '/moved.png', '/just.png'])(
  'fetches %s and knows it by its first bytes',
  async (path) => {
    const picture = await fetchPicture(at(path), net());
    expect(picture).toMatchObject({ type: 'image/png' });
  },
);

it('sends along nothing that says who asks', async () => {
  await fetchPicture(at('/a.png'), net());
  expect(asked).toHaveLength(1);
  expect(Object.keys(asked[0]?.headers ?? {}).toSorted()).toEqual([
    'accept',
    'accept-encoding',
    'connection',
    'host',
    'user-agent',
  ]);
  expect(asked[0]?.headers.host).toBe(`pictures.example:${port}`);
});

it.each([
  ['/page.png', 'no-picture'],
  ['/a.svg', 'no-picture'],
  ['/svg.png', 'no-picture'],
  ['/empty.png', 'no-picture'],
  ['/broken.png', 'no-picture'],
  ['/zipped.png', 'no-picture'],
  ['/nothing.png', 'no-picture'],
  ['/large.png', 'too-large'],
  ['/announced.png', 'too-large'],
  ['/endless.png', 'too-large'],
  ['/short.png', 'unreachable'],
  ['/circle.png', 'unreachable'],
  ['/to-file.png', 'address'],
  ['/to-nothing.png', 'address'],
])('shows nothing of %s: %s', async (path, refused) => {
  expect(await fetchPicture(at(path), net())).toEqual({ refused });
});

it.each(['/silent.png', '/drip.png'])('gives up on the slow %s', async (path) => {
  expect(await fetchPicture(at(path), net({}, 150))).toEqual({ refused: 'unreachable' });
});

it('gives up on a resolver that never answers', async () => {
  const deaf = { ...net({}, 50), resolve: () => new Promise<never>(() => undefined) };
  expect(await fetchPicture(at('/a.png'), deaf)).toEqual({ refused: 'unreachable' });
});

/** All ways to say "this machine" or something inside the house. */
const inside = [
  'http://127.0.0.1/',
  'http://127.0.0.1:PORT/a.png',
  'http://localhost:PORT/a.png',
  'http://[::1]:PORT/a.png',
  'http://[::]:PORT/a.png',
  'http://[::ffff:127.0.0.1]:PORT/a.png',
  'http://[::ffff:7f00:1]:PORT/a.png',
  'http://[64:ff9b::127.0.0.1]:PORT/a.png',
  'http://2130706433:PORT/a.png',
  'http://0x7f000001:PORT/a.png',
  'http://0x7f.1:PORT/a.png',
  'http://017700000001:PORT/a.png',
  'http://127.1:PORT/a.png',
  'http://127.0.0.1.:PORT/a.png',
  'http://0:PORT/a.png',
  'http://①②⑦.⓪.⓪.①:PORT/a.png',
  'http://169.254.169.254/latest/meta-data/',
  'http://[fd00:ec2::254]/latest/meta-data/',
  'http://100.100.100.200/',
  'http://10.0.0.1/',
  'http://192.168.1.1/',
];
const withPort = (url: string) => url.replace('PORT', String(port));

it.each(inside)('never asks %s', async (url) => {
  expect(await fetchPicture(withPort(url), publicNet)).toEqual({ refused: 'address' });
  expect(asked).toEqual([]);
});

it.each(inside)('never follows a redirect to %s', async (url) => {
  // The first server is outside; for the rest the rules of the public internet hold.
  const outside = at('/leads-inside.png');
  pages['/leads-inside.png'] = moved(Buffer.from(withPort(url)).toString('latin1'));
  let hops = 0;
  const mixed: PictureNet = {
    timeoutMs: 20_000,
    resolve: (host) => (host === 'pictures.example' ? net().resolve(host) : publicNet.resolve(host)),
    allows: (address, to) => (hops++ === 0 ? net().allows(address, to) : publicNet.allows(address, to)),
  };
  expect(await fetchPicture(outside, mixed)).toEqual({ refused: 'address' });
  expect(asked.map((one) => one.url)).toEqual(['/leads-inside.png']);
});

it.each([
  'ftp://pictures.example/a.png',
  'file:///etc/passwd',
  'data:image/png;base64,iVBORw0KGgo=',
  'http://user:secret@pictures.example/a.png',
  '//pictures.example/a.png',
  'a.png',
  '',
  `http://pictures.example/${'a'.repeat(5000)}`,
])('refuses %s unasked', async (url) => {
  expect(await fetchPicture(url, net())).toEqual({ refused: 'address' });
  expect(looked).toEqual([]);
});

it('refuses a name with one address inside among those outside', async () => {
  const lists = { 'pictures.example': [['127.0.0.1', '10.0.0.1']] };
  expect(await fetchPicture(at('/a.png'), net(lists))).toEqual({ refused: 'address' });
  expect(await fetchPicture(at('/a.png'), net({ 'pictures.example': [[]] }))).toEqual({ refused: 'address' });
  expect(asked).toEqual([]);
});

it('connects to the address that was checked, whatever the name would give a moment later', async () => {
  const turning = { 'pictures.example': [['127.0.0.1'], ['127.0.0.2']] };
  expect(await fetchPicture(at('/a.png'), net(turning))).toMatchObject({ type: 'image/png' });
  expect(looked).toEqual(['pictures.example']);
});

it('checks the name again at each redirect', async () => {
  const turning = { 'pictures.example': [['127.0.0.1'], ['127.0.0.2']] };
  expect(await fetchPicture(at('/moved.png'), net(turning))).toEqual({ refused: 'address' });
  expect(asked.map(({ url }) => url)).toEqual(['/moved.png']);
});
