import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { answerCall, type FakeCall } from './answer-call.js';
import type { FakeFile, FakeState } from './fake-state.js';

export type { FakeFile, FakeSent, FakeState } from './fake-state.js';

/** A stand-in for Meta's Graph API that checks what it is sent as https://developers.facebook.com/docs/whatsapp describes it. */
export interface FakeWhatsApp {
  /** With a version, as the option `apiUrl` takes it. */
  readonly url: string;
  readonly state: FakeState;
  /** Keeps a file that a message may carry. @returns its id */
  addFile(file: FakeFile): string;
  close(): Promise<void>;
}

/** Starts it on loopback with one number of one business, Warm House. */
export async function startFakeWhatsApp(): Promise<FakeWhatsApp> {
  const state: FakeState = {
    token: 'EAAfaketokenfaketokenfaketoken00',
    appSecret: '0123456789abcdef0123456789abcdef',
    phoneNumberId: '106540352242922',
    wabaId: '102290129340398',
    sent: [],
    calls: [],
    files: new Map(),
    templates: [],
    troubles: [],
    isFileHostDown: false,
    isSubscribed: false,
    nextId: 1000,
  };
  const server = createServer((request, response) => {
    answer(state, request, response).catch((error: unknown) => {
      response.statusCode = 500;
      response.end(String(error));
    });
  });
  const baseUrl = await listen(server);
  return {
    url: `${baseUrl}/v24.0`,
    state,
    addFile(file) {
      const id = String(state.nextId++);
      state.files.set(id, file);
      return id;
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
  const baseUrl = `http://${request.headers.host}`;
  const { pathname, searchParams } = new URL(request.url ?? '/', baseUrl);
  const [door = '', ...path] = pathname.split('/').slice(1);
  if (door === 'file') return giveFile(state, request, { response, id: path[0] ?? '' });
  state.calls.push(`${request.method} ${path.join('/')}`);
  const said = await answerCall(state, {
    method: request.method ?? 'GET',
    path,
    query: searchParams,
    authorization: request.headers.authorization ?? '',
    baseUrl,
    ...(await readBody(request)),
  });
  if (said === 'cut') return void response.destroy();
  response.statusCode = said.status;
  response.setHeader('Content-Type', 'application/json');
  response.end(JSON.stringify(said.body));
}

function giveFile(
  state: FakeState,
  request: IncomingMessage,
  { response, id }: { response: ServerResponse; id: string },
): void {
  const file = state.files.get(id);
  const isAllowed = request.headers.authorization === `Bearer ${state.token}`;
  response.statusCode = state.isFileHostDown ? 503 : !isAllowed ? 401 : file ? 200 : 404;
  response.end(response.statusCode === 200 ? file?.content : '');
}

async function readBody(request: IncomingMessage): Promise<Pick<FakeCall, 'json' | 'form'>> {
  const pieces: Buffer[] = [];
  for await (const piece of request as AsyncIterable<Buffer>) pieces.push(piece);
  const body = Buffer.concat(pieces);
  const type = request.headers['content-type'] ?? '';
  if (type.startsWith('multipart/')) {
    const form = await new Response(body, { headers: { 'Content-Type': type } }).formData();
    return { json: undefined, form };
  }
  return {
    json: body.length > 0 ? (JSON.parse(body.toString('utf8')) as unknown) : undefined,
    form: undefined,
  };
}
