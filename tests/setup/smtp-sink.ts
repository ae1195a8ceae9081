import { once } from 'node:events';
import type { Socket } from 'node:net';
import {
  SMTPServer,
  type SMTPServerAddress,
  type SMTPServerOptions,
  type SMTPServerSession,
} from 'smtp-server';
import { finishData, type Answer } from './smtp-answers.js';
import { parseHeaders } from './parse-headers.js';

export type { Answer } from './smtp-answers.js';

export interface SunkMail {
  /** Envelope sender; empty for bounces and automatic mail. */
  from: string;
  /** The recipients of the envelope that were accepted. */
  to: string[];
  raw: Buffer;
  /** Lower-case name → value, unfolded; several of one name are joined by a line feed. */
  headers: Map<string, string>;
  /** The user who signed in, if one did. */
  user: string | undefined;
}

export interface SmtpSink {
  host: '127.0.0.1';
  port: number;
  /** Every mail the server took responsibility for, oldest first (also those whose 250 never reached the sender). */
  mails: SunkMail[];
  /** How often each recipient was named, whatever the answer. */
  tries: Map<string, number>;
  /** Connections made so far. */
  connections: () => number;
  /** Resolves with the first mail, past or coming, that fits. */
  waitFor: (predicate: (mail: SunkMail) => boolean, timeoutMs?: number) => Promise<SunkMail>;
  /** Answers by recipient, one per try, the last one staying; `*` is everybody else. No script: 250. */
  script: (answers: Record<string, Answer | Answer[]>) => void;
  stop: () => Promise<void>;
}

export interface SmtpSinkOptions {
  /** Ask everybody for this user and password. */
  auth?: { user: string; password: string };
  /** With the self-signed certificate that smtp-server brings. */
  secure?: 'none' | 'starttls' | 'tls';
  /** In bytes, announced and enforced. */
  maxBytes?: number;
  /** Every accepted mail goes on into the mailboxes named like its recipients, e.g. of startDovecot(). */
  forwardTo?: { deliver: (user: string, raw: Buffer) => Promise<void> };
}

/** A mail server that takes everything and answers as scripted: the stand-in for the world's mail servers. */
export async function startSmtpSink(options: SmtpSinkOptions = {}): Promise<SmtpSink> {
  const sink: SinkState = {
    options,
    mails: [],
    tries: new Map(),
    watchers: new Set(),
    answers: {},
    connections: 0,
  };
  const server = createServer(sink);
  const port = await listen(server);
  return {
    host: '127.0.0.1',
    port,
    mails: sink.mails,
    tries: sink.tries,
    connections: () => sink.connections,
    waitFor: (predicate, timeoutMs = 20_000) => waitFor(sink, predicate, timeoutMs),
    script: (next) => {
      const entries = Object.entries(next).map(([to, list]) => [to.toLowerCase(), [list].flat()] as const);
      sink.answers = Object.fromEntries(entries);
    },
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

interface SinkState {
  options: SmtpSinkOptions;
  mails: SunkMail[];
  tries: Map<string, number>;
  watchers: Set<() => void>;
  answers: Record<string, Answer[]>;
  connections: number;
}

function createServer(sink: SinkState): SMTPServer {
  const { options } = sink;
  /** What the recipients of the mail under way are to meet after the data. */
  const pending = new WeakMap<SMTPServerSession, Map<string, Answer>>();
  const sockets = new Map<number, Socket>();
  const cut = (session: SMTPServerSession): void => void sockets.get(session.remotePort)?.destroy();
  const server = new SMTPServer({
    ...fixedOptions(options),
    onConnect: (_session, done) => {
      sink.connections += 1;
      done();
    },
    onAuth: (auth, _session, done) => {
      const fits = auth.username === options.auth?.user && auth.password === options.auth?.password;
      return fits
        ? done(null, { user: auth.username })
        : done(refusal(535, '5.7.8 Authentication credentials invalid'));
    },
    onMailFrom: (_address, session, done) => {
      pending.set(session, new Map());
      done();
    },
    onRcptTo: ({ address }, session, done) => {
      const answer = nextAnswer(sink, address);
      if (answer === 'timeout') return;
      if (answer === 'close') return cut(session);
      if (/^[45]\d\d$/.test(answer))
        return done(refusal(Number(answer), `${answer} scripted for ${address}`));
      pending.get(session)?.set(address, answer);
      return done();
    },
    onData: (stream, session, done) => {
      finishData([...(pending.get(session)?.values() ?? [])], {
        begin: () => once(stream, 'data'),
        read: () => readMail(stream, session),
        keep: (mail) => keep(sink, mail),
        accept: () => done(),
        refuse: (code) => done(refusal(code, 'scripted after the end of the data')),
        cut: () => cut(session),
      }).catch((error: unknown) => done(error instanceof Error ? error : new Error(String(error))));
    },
  });
  server.on('error', () => undefined);
  trackSockets(server, sockets);
  return server;
}

function fixedOptions(options: SmtpSinkOptions): SMTPServerOptions {
  return {
    logger: false,
    secure: options.secure === 'tls',
    authOptional: options.auth === undefined,
    disabledCommands: disabledCommands(options),
    allowInsecureAuth: true,
    closeTimeout: 200,
    disableReverseLookup: true,
    size: options.maxBytes,
  };
}

function nextAnswer({ answers, tries }: SinkState, address: string): Answer {
  tries.set(address, (tries.get(address) ?? 0) + 1);
  const list = answers[address.toLowerCase()] ?? answers['*'] ?? ['250'];
  return (list.length > 1 ? list.shift() : list[0]) ?? '250';
}

async function keep({ options, mails, watchers }: SinkState, mail: SunkMail): Promise<void> {
  for (const recipient of mail.to) await options.forwardTo?.deliver(recipient, mail.raw);
  mails.push(mail);
  for (const look of watchers) look();
}

function disabledCommands(options: SmtpSinkOptions): string[] {
  const starttls = options.secure === 'starttls' ? [] : ['STARTTLS'];
  return options.auth === undefined ? ['AUTH', ...starttls] : starttls;
}

function refusal(responseCode: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode });
}

/** By the client's port, which is how a session names its connection. */
function trackSockets(server: SMTPServer, sockets: Map<number, Socket>): void {
  server.server.on('connection', (socket: Socket) => {
    const port = socket.remotePort ?? 0;
    sockets.set(port, socket);
    socket.once('close', () => sockets.delete(port));
  });
}

async function readMail(stream: AsyncIterable<Buffer>, session: SMTPServerSession): Promise<SunkMail> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  const raw = Buffer.concat(chunks);
  return {
    from: session.envelope.mailFrom === false ? '' : session.envelope.mailFrom.address,
    to: session.envelope.rcptTo.map((recipient: SMTPServerAddress) => recipient.address),
    raw,
    headers: parseHeaders(raw),
    user: typeof session.user === 'string' ? session.user : undefined,
  };
}

function listen(server: SMTPServer): Promise<number> {
  return new Promise((resolve, reject) => {
    server.server.once('error', reject);
    const listening = server.listen(0, '127.0.0.1', () => {
      const address = listening.address();
      if (address === null || typeof address === 'string') return reject(new Error('no TCP port'));
      return resolve(address.port);
    });
  });
}

function waitFor(
  { mails, watchers }: SinkState,
  predicate: (mail: SunkMail) => boolean,
  timeoutMs: number,
): Promise<SunkMail> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      clearTimeout(timer);
      watchers.delete(look);
    };
    const look = (): void => {
      const found = mails.find(predicate);
      if (found === undefined) return;
      stop();
      resolve(found);
    };
    const timer = setTimeout(() => {
      stop();
      reject(new Error(`no such mail within ${timeoutMs} ms; ${mails.length} other mails came`));
    }, timeoutMs);
    watchers.add(look);
    look();
  });
}
