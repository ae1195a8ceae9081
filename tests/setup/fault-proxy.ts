import { connect, createServer, type Server, type Socket } from 'node:net';

/**
 * What one connection through the proxy suffers, counted on what the server says:
 * `cutAfter`, `resetAfter`, `stallAfter`: bytes let through before the connection ends, is reset, or falls silent;
 * `bytesPerSecond`: the server's words come this slowly; `rewrite`: they come changed.
 */
export interface Fault {
  cutAfter?: number;
  resetAfter?: number;
  stallAfter?: number;
  bytesPerSecond?: number;
  rewrite?: (chunk: Buffer) => Buffer;
}

export interface FaultProxy {
  port: number;
  /** Connections made so far. */
  connections: () => number;
  /** For the coming connections, one each; after them `always`, or no fault. */
  next: (...faults: Fault[]) => void;
  always: (fault: Fault) => void;
  heal: () => void;
  /** End every open connection now. */
  cut: () => void;
  reset: () => void;
  /** Every open connection falls silent in both directions, and stays open. */
  stall: () => void;
  stop: () => Promise<void>;
}

interface Pair {
  client: Socket;
  server: Socket;
}

/** A TCP proxy before 127.0.0.1:`to` that breaks connections as told. */
export async function startFaultProxy(to: number): Promise<FaultProxy> {
  const pairs = new Set<Pair>();
  const queue: Fault[] = [];
  let usual: Fault = {};
  let connections = 0;
  const proxy = createServer((client) => {
    connections += 1;
    const pair = { client, server: connect(to, '127.0.0.1') };
    pairs.add(pair);
    join(pair, queue.shift() ?? usual);
    client.once('close', () => pairs.delete(pair));
  });
  const each = (act: (pair: Pair) => void) => (): void => {
    for (const pair of pairs) act(pair);
  };
  return {
    port: await listen(proxy),
    connections: () => connections,
    next: (...faults) => void queue.push(...faults),
    always: (fault) => {
      usual = fault;
    },
    heal: () => {
      queue.length = 0;
      usual = {};
    },
    cut: each(cut),
    reset: each(reset),
    stall: each(stall),
    stop: () => {
      each(cut)();
      return new Promise((resolve) => proxy.close(() => resolve()));
    },
  };
}

function join({ client, server }: Pair, fault: Fault): void {
  const limit = fault.cutAfter ?? fault.resetAfter ?? fault.stallAfter ?? Number.POSITIVE_INFINITY;
  let passed = 0;
  for (const socket of [client, server]) socket.on('error', () => undefined);
  client.pipe(server);
  client.once('close', () => server.destroy());
  server.once('close', () => client.end());
  server.on('data', (chunk) => {
    if (passed >= limit) return;
    const words = (fault.rewrite?.(chunk) ?? chunk).subarray(0, limit - passed);
    passed += words.length;
    if (fault.bytesPerSecond === undefined) client.write(words);
    else trickle(words, { client, server }, fault.bytesPerSecond);
    if (passed < limit) return;
    if (fault.cutAfter !== undefined) cut({ client, server });
    else if (fault.resetAfter !== undefined) reset({ client, server });
  });
}

function trickle(words: Buffer, { client, server }: Pair, bytesPerSecond: number): void {
  server.pause();
  const size = Math.max(1, Math.floor(bytesPerSecond / 20));
  let sent = 0;
  const timer = setInterval(
    () => {
      client.write(words.subarray(sent, sent + size));
      sent += size;
      if (sent < words.length && !client.destroyed) return;
      clearInterval(timer);
      server.resume();
    },
    Math.ceil((size / bytesPerSecond) * 1000),
  );
}

function cut({ client, server }: Pair): void {
  client.destroySoon();
  server.destroy();
}

function reset({ client, server }: Pair): void {
  client.resetAndDestroy();
  server.destroy();
}

function stall({ client, server }: Pair): void {
  client.unpipe(server);
  client.pause();
  server.pause();
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      if (address === null || typeof address === 'string') return reject(new Error('no TCP port'));
      return resolve(address.port);
    });
  });
}
