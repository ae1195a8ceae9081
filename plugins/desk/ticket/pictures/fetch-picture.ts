import { request as requestPlain, type IncomingMessage } from 'node:http';
import { request as requestSecure } from 'node:https';
import { isIP, isIPv4 } from 'node:net';
import { HEAD_BYTES, servedType } from '@helpdesk/core';
import type { PictureNet } from './picture-net.js';

export interface Picture {
  /** By its own first bytes. */
  readonly type: string;
  readonly content: Buffer;
}

/** Why there is no picture: where it lies may not be asked, it is too large, it is something else, nobody answered. */
export interface NoPicture {
  readonly refused: 'address' | 'too-large' | 'no-picture' | 'unreachable';
}

/** In bytes. */
export const LARGEST = 5 * 1024 * 1024;
const REDIRECTS_MOST = 3;
const LONGEST = 4000;

type Answer = Picture | NoPicture | { readonly movedTo: string };
interface Asked {
  readonly net: PictureNet;
  readonly signal: AbortSignal;
}

/**
 * Fetches a picture that a stranger's letter names. A host name is resolved once, every address of it is checked, and the
 * connection goes to the very address that was checked; each redirect is checked as the first address was. Nothing is
 * sent along that says who asks.
 */
export async function fetchPicture(address: string, net: PictureNet): Promise<Picture | NoPicture> {
  const asked = { net, signal: AbortSignal.timeout(net.timeoutMs) };
  let next = address;
  try {
    for (let hops = 0; hops <= REDIRECTS_MOST; hops += 1) {
      const answer = await ask(next, asked);
      if (!('movedTo' in answer)) return answer;
      next = answer.movedTo;
    }
  } catch {
    // Whatever went wrong out there: the reader sees a picture that is missing.
  }
  return { refused: 'unreachable' };
}

async function ask(address: string, { net, signal }: Asked): Promise<Answer> {
  const url = readUrl(address);
  if (!url) return { refused: 'address' };
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  const port = Number(url.port) || (url.protocol === 'https:' ? 443 : 80);
  const addresses = isIP(host) ? [host] : await untilAborted(net.resolve(host), signal);
  // One address inside the house among several outside is how rebinding begins.
  if (addresses.length === 0 || !addresses.every((one) => net.allows(one, port)))
    return { refused: 'address' };
  const pinned = addresses.find((one) => isIPv4(one)) ?? addresses[0] ?? '';
  return readAnswer(await send(url, { host, pinned, port, signal }), url);
}

/** Only what a browser would load a picture from, and nobody's password. */
function readUrl(text: string, base?: string): URL | undefined {
  if (text.length > LONGEST || !URL.canParse(text, base)) return undefined;
  const url = new URL(text, base);
  return /^https?:$/.test(url.protocol) && !url.username && !url.password ? url : undefined;
}

function send(
  url: URL,
  { host, pinned, port, signal }: { host: string; pinned: string; port: number; signal: AbortSignal },
): Promise<IncomingMessage> {
  const isSecure = url.protocol === 'https:';
  return new Promise((resolve, reject) => {
    const request = (isSecure ? requestSecure : requestPlain)({
      host: pinned,
      port,
      path: `${url.pathname}${url.search}`,
      signal,
      // A connection of its own: no other request's, no proxy of the environment.
      agent: false,
      ...(isSecure && !isIP(host) ? { servername: host } : {}),
      headers: {
        Host: url.host,
        Accept: 'image/*',
        'Accept-Encoding': 'identity',
        'User-Agent': 'Mozilla/5.0',
      },
    });
    request.on('response', resolve).on('error', reject).end();
  });
}

async function readAnswer(response: IncomingMessage, url: URL): Promise<Answer> {
  const { statusCode = 0, headers } = response;
  try {
    if (/^30[12378]$/.test(String(statusCode)) && headers.location)
      return { movedTo: readUrl(headers.location, url.href)?.href ?? '' };
    if (statusCode !== 200 || (headers['content-encoding'] ?? 'identity') !== 'identity')
      return { refused: 'no-picture' };
    if (Number(headers['content-length']) > LARGEST) return { refused: 'too-large' };
    return await readPicture(response);
  } finally {
    response.destroy();
  }
}

/** Stops at the first bytes that are no picture's, and at the first byte too many. */
async function readPicture(response: IncomingMessage): Promise<Picture | NoPicture> {
  const chunks: Buffer[] = [];
  let size = 0;
  let isChecked = false;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > LARGEST) return { refused: 'too-large' };
    if (isChecked || size < HEAD_BYTES) continue;
    isChecked = true;
    if (!typeOf(chunks)) return { refused: 'no-picture' };
  }
  const type = typeOf(chunks);
  if (!response.complete) return { refused: 'unreachable' };
  return type ? { type, content: Buffer.concat(chunks) } : { refused: 'no-picture' };
}

function typeOf(chunks: readonly Buffer[]): string | undefined {
  const { type, isShown } = servedType(Buffer.concat(chunks).subarray(0, HEAD_BYTES), '');
  return isShown ? type : undefined;
}

/** A resolver cannot be told to stop, only be left alone. */
function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(new Error('it took too long'));
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}
