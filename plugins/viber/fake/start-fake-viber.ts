import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { answerMethod } from './answer-method.js';
import { exactJson, type FakeState } from './fake-state.js';

export type { FakeSent, FakeState } from './fake-state.js';

/** A stand-in for Viber that checks what it is sent as https://developers.viber.com/docs/api/rest-bot-api describes it. */
export interface FakeViber {
  /** As the option `apiUrl` takes it. */
  readonly url: string;
  readonly state: FakeState;
  /** Keeps a file that a message may carry. @returns its address */
  addFile(content: Buffer): string;
  close(): Promise<void>;
}

/** Starts it on loopback with one bot, Warm House. */
export async function startFakeViber(): Promise<FakeViber> {
  const state: FakeState = {
    token: '445da6az1s345z78-dazcczb2542zv51a-e0vc5fva17480im9',
    sent: [],
    reach: (url) => url,
    webhook: null,
    files: new Map(),
    troubles: [],
    isFileHostDown: false,
    wantsHttps: true,
    nextId: 5_741_311_803_571_721_087n,
  };
  const server = createServer((request, response) => {
    answer(state, request, response).catch((error: unknown) => {
      response.statusCode = 500;
      response.end(String(error));
    });
  });
  const base = await listen(server);
  return {
    url: `${base}/pa`,
    state,
    addFile(content) {
      const name = `${state.files.size}.bin`;
      state.files.set(name, content);
      return `${base}/media/${name}`;
    },
    async close() {
      server.closeAllConnections();
      await new Promise<void>((done) => server.close(() => done()));
    },
  };
}

async function listen(server: Server): Promise<string> {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
}

async function answer(state: FakeState, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const [, door = '', name = ''] = (request.url ?? '').split('/');
  if (door === 'media') {
    const file = state.files.get(name);
    response.statusCode = state.isFileHostDown ? 503 : file ? 200 : 404;
    response.end(response.statusCode === 200 ? file : '');
    return;
  }
  const pieces: Buffer[] = [];
  for await (const piece of request as AsyncIterable<Buffer>) pieces.push(piece);
  const said = await answerMethod(state, name, {
    token: String(request.headers['x-viber-auth-token'] ?? ''),
    body: JSON.parse(Buffer.concat(pieces).toString('utf8')) as unknown,
  });
  if (said === 'cut') return void response.destroy();
  response.setHeader('Content-Type', 'application/json');
  response.end(exactJson(said));
}
