import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { answerMethod } from './answer-method.js';
import type { FakeState, FakeUpdate } from './fake-state.js';
import { readCall } from './read-call.js';

export type { FakeSent, FakeTrouble, FakeUpdate } from './fake-state.js';

/** A stand-in for Telegram that checks what it is sent as https://core.telegram.org/bots/api describes it. */
export interface FakeTelegram {
  readonly url: string;
  readonly state: FakeState;
  /** Keeps a file that a message may carry. @returns its file_id */
  addFile(content: Buffer): string;
  /** An update for those who ask (long polling). */
  push(update: FakeUpdate): void;
  close(): Promise<void>;
}

/** Starts it on loopback with one bot, @warm_house_bot. @param token of the bot */
export async function startFakeTelegram(
  token = '123456789:AAfaketokenfaketokenfaketokenfake00',
): Promise<FakeTelegram> {
  const state: FakeState = {
    token,
    sent: [],
    calls: [],
    webhook: null,
    updates: [],
    files: new Map(),
    troubles: [],
    nextMessage: 1000,
    waiters: new Set(),
  };
  const server = createServer((request, response) => {
    answer(state, request, response).catch((error: unknown) => {
      response.statusCode = 500;
      response.end(String(error));
    });
  });
  const url = await listen(server);
  return {
    url,
    state,
    addFile(content) {
      const id = randomBytes(12).toString('base64url');
      state.files.set(id, content);
      return id;
    },
    push(update) {
      state.updates.push(update);
      for (const wake of state.waiters) wake();
    },
    async close() {
      for (const wake of state.waiters) wake();
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
  const [, door = '', method = '', ...rest] = (request.url ?? '').split('/');
  const file = /^file$/.test(door) ? state.files.get(rest.join('/')) : undefined;
  if (door === 'file') {
    if (method !== `bot${state.token}` || !file) return json(response, 404, refusal(404, 'Not Found'));
    response.end(file);
    return;
  }
  if (door !== `bot${state.token}`) return json(response, 401, refusal(401, 'Unauthorized'));
  const call = await readCall(request);
  state.calls.push({ method, fields: call.fields });
  const said = await answerMethod(state, method, call);
  if (said === 'cut') return void response.destroy();
  json(response, said.ok ? 200 : said.error_code, said);
}

const refusal = (code: number, description: string) => ({ ok: false, error_code: code, description });

function json(response: ServerResponse, status: number, body: unknown): void {
  response.statusCode = status;
  response.setHeader('Content-Type', 'application/json');
  response.end(JSON.stringify(body));
}
