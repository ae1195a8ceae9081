import { createReadStream } from 'node:fs';
import { parentPort } from 'node:worker_threads';
import { parseMail } from './parse-mail.js';
import type { ParsedMail } from './parsed-mail.js';

/** One mail for the worker. */
export interface ParseRequest {
  rawPath: string;
  attachmentDir: string;
  maxBytes: number;
}

export type ParseAnswer = { mail: ParsedMail } | { error: string; code: string | null };

parentPort?.on('message', (request: ParseRequest) => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
  void answer(request).then((message) => parentPort?.postMessage(message));
});

async function answer({ rawPath, attachmentDir, maxBytes }: ParseRequest): Promise<ParseAnswer> {
  try {
    return { mail: await parseMail(createReadStream(rawPath), { attachmentDir, maxBytes }) };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error), code: codeOf(error) };
  }
}

function codeOf(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
}
