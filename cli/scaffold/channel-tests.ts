import type { ChannelNames } from './channel-files.js';

export const fakeSource = ({
  pascal,
}: ChannelNames) => `import { createServer, type IncomingMessage } from 'node:http';
import type { Failure, SentMessage } from '@helpdesk/core/testing';

export interface Fake {
  readonly url: string;
  readonly token: string;
  readonly sent: SentMessage[];
  /** How the next messages are answered. */
  readonly failures: Failure[];
  close(): Promise<void>;
}

/** ${pascal}'s side, as its documentation describes it: it refuses what the provider would refuse. */
export async function startFake(): Promise<Fake> {
  const token = 'token-of-the-account';
  const sent: SentMessage[] = [];
  const failures: Failure[] = [];
  const server = createServer(async (request, response) => {
    const say = (status: number, body: unknown = {}, headers: Record<string, string> = {}) =>
      response.writeHead(status, { 'Content-Type': 'application/json', ...headers }).end(JSON.stringify(body));
    if (request.headers.authorization !== \`Bearer \${token}\`) return say(401);
    if (request.url === '/me') return say(200, { name: 'Warm House', address: 'warm-house' });
    const { to, text } = JSON.parse(await bodyOf(request)) as { to?: unknown; text?: unknown };
    if (typeof to !== 'string' || typeof text !== 'string' || text.length === 0 || text.length > 2000)
      return say(400);
    const failure = failures.shift();
    if (failure === 'busy') return say(429, {}, { 'Retry-After': '7' });
    if (failure === 'refused') return say(422);
    if (failure === 'gone') return say(410);
    const id = \`m\${sent.length + 1}\`;
    sent.push({ to, text, files: [], id });
    if (failure === 'silent') return request.socket.destroy();
    return say(200, { id });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  return {
    url: \`http://127.0.0.1:\${typeof address === 'object' && address ? address.port : 0}\`,
    token,
    sent,
    failures,
    async close() {
      server.closeAllConnections();
      await new Promise<void>((done) => server.close(() => done()));
    },
  };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of request as AsyncIterable<Buffer>) pieces.push(piece);
  return Buffer.concat(pieces).toString('utf8');
}
`;

export const driverSource = ({ name, camel }: ChannelNames) => `import { createHmac } from 'node:crypto';
import { addAccount, findAccount } from '@helpdesk/core';
import { startTestDesk, type Call, type ChannelDriver, type TestDeskOptions, type Written } from '@helpdesk/core/testing';
import { ${camel} } from '../index.js';
import { startFake } from './start-fake.js';

const SECRET = 'secret-of-the-webhook';

/** A desk with one account, and the provider beside it. */
export async function drive(engine: NonNullable<TestDeskOptions['engine']>): Promise<ChannelDriver> {
  const fake = await startFake();
  const desk = await startTestDesk({
    engine,
    config: { plugins: [${camel}({ apiUrl: fake.url }, { enabled: true })] },
  });
  const accountId = await addAccount(desk.app, {
    channel: '${name}',
    lineId: 1,
    name: 'Warm House',
    address: 'warm-house',
    config: {},
    secrets: { token: fake.token, secret: SECRET },
    actor: { kind: 'system', id: 'test' },
  });
  const post = (body: string, signature: string, id = accountId): Call => ({
    async make() {
      const response = await fetch(\`\${desk.url}/inbound/${name}/\${id}\`, {
        method: 'POST',
        headers: { 'X-Signature': signature },
        body,
      }).catch(() => undefined);
      // What is too large is refused before all of it is read.
      return response?.status ?? 413;
    },
  });
  const sign = (body: string, secret = SECRET) => createHmac('sha256', secret).update(body).digest('hex');
  return {
    desk,
    account: await findAccount(desk.app.db, accountId),
    call: (written) => post(json(written), sign(json(written))),
    forge: (written) => [
      { how: 'no signature', call: post(json(written), '') },
      { how: 'a wrong signature', call: post(json(written), sign(json(written), 'other')) },
      { how: 'a signature of other bytes', call: post(json(written), sign('{}')) },
      { how: 'another account', call: post(json(written), sign(json(written)), 999) },
    ],
    garbage: () => post('{', sign('{')),
    huge: (bytes) => post(' '.repeat(bytes), sign('')),
    sent: () => fake.sent,
    failNext: (how) => void fake.failures.push(how),
    async close() {
      await desk.close();
      await fake.close();
    },
  };
}

const json = ({ n, from, text }: Written) =>
  JSON.stringify({ id: \`w\${n}\`, number: n, from, text, at: new Date(1_770_000_000_000 + n * 1000).toISOString() });
`;

export const kitSource = ({
  name,
}: ChannelNames) => `import { afterAll, beforeAll, describe, it } from 'vitest';
import { testChannel, testEngines } from '@helpdesk/core/testing';
import { drive } from './fake/drive.js';

describe.each(testEngines)('${name} on %s', (engine) => {
  testChannel({ it, beforeAll, afterAll }, () => drive(engine), {
    order: true,
    failures: ['busy', 'refused', 'gone', 'silent'],
  });
});
`;
