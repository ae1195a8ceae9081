import type { Worker } from 'node:worker_threads';
import { limits } from './limits.js';
import type { MailProblem, ParsedMail } from './parsed-mail.js';
import { readProblemMail } from './problem-mail.js';
import { startWorker } from './start-worker.js';
import type { ParseAnswer, ParseRequest } from './worker.js';

export interface ParserOptions {
  attachmentDir: string;
  /** 25 MB if left out. */
  maxBytes?: number;
  /** Heap of the worker in MB; 512 if left out. */
  heapMb?: number;
  /** Wall time a single mail may take; 30 s if left out. */
  timeoutMs?: number;
  /** How long the worker waits for another mail before it ends and frees its memory; 60 s if left out. */
  idleMs?: number;
}

export interface Parser {
  /**
   * Reads the raw mail in this file. A mail that takes too long or too much memory comes back with `problem` and
   * its header; rejects when a file cannot be read or written, or the parser is closed.
   */
  parse: (rawPath: string) => Promise<ParsedMail>;
  close: () => Promise<void>;
}

/** A parser of its own thread, so that no mail can stop the process. Mails are read one at a time. */
export function createParser(options: ParserOptions): Parser {
  const {
    attachmentDir,
    maxBytes = limits.mailBytes,
    heapMb = 512,
    timeoutMs = 30_000,
    idleMs = 60_000,
  } = options;
  let worker: Worker | undefined;
  let idle: NodeJS.Timeout | undefined;
  let last: Promise<unknown> = Promise.resolve();
  let isClosed = false;

  const stop = async (): Promise<void> => {
    clearTimeout(idle);
    const stopped = worker;
    worker = undefined;
    await stopped?.terminate();
  };
  const parseNext = async (rawPath: string): Promise<ParsedMail> => {
    if (isClosed) throw new Error('The mail parser is closed');
    clearTimeout(idle);
    worker ??= startWorker(heapMb);
    const outcome = await ask(worker, { rawPath, attachmentDir, maxBytes }, timeoutMs);
    // A stopped worker says nothing about the mail: it has to be read again after the restart.
    if (isClosed && 'problem' in outcome) throw new Error('The mail parser is closed');
    if ('problem' in outcome) {
      await stop();
      return readProblemMail(rawPath, outcome.problem);
    }
    idle = setTimeout(() => void stop(), idleMs);
    idle.unref();
    if ('mail' in outcome) return outcome.mail;
    throw Object.assign(new Error(outcome.error), { code: outcome.code });
  };
  return {
    parse: (rawPath) => {
      const turn = last.then(() => parseNext(rawPath));
      last = turn.catch(() => undefined);
      return turn;
    },
    close: async () => {
      isClosed = true;
      await stop();
    },
  };
}

/** One question, one answer; a worker that dies or is silent for too long is the mail's problem. */
function ask(
  worker: Worker,
  request: ParseRequest,
  timeoutMs: number,
): Promise<ParseAnswer | { problem: MailProblem }> {
  return new Promise((resolve) => {
    const settle = (outcome: ParseAnswer | { problem: MailProblem }): void => {
      clearTimeout(timer);
      worker.off('message', settle);
      worker.off('error', onError);
      worker.off('exit', onExit);
      worker.unref();
      resolve(outcome);
    };
    const onError = (error: unknown): void =>
      settle({ problem: isOutOfMemory(error) ? 'too-big' : 'unreadable' });
    const onExit = (): void => settle({ problem: 'unreadable' });
    const timer = setTimeout(() => settle({ problem: 'too-slow' }), timeoutMs);
    worker.on('message', settle);
    worker.on('error', onError);
    worker.on('exit', onExit);
    worker.ref();
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
    worker.postMessage(request);
  });
}

function isOutOfMemory(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
}
