import { z } from 'zod';
import { parseExact } from './parse-exact.js';

/** How Viber answers; 0 is good. https://creators.viber.com/docs/bots-api/errors */
const Answer = z.looseObject({ status: z.number().int(), status_message: z.string().default('') });

/** What a call came to. `silent`: the request went out and no answer that can be read came back; `unreachable`: it did not go out. */
export type Called =
  | { readonly state: 'ok'; readonly result: unknown }
  | { readonly state: 'refused'; readonly code: number; readonly reason: string }
  | { readonly state: 'silent'; readonly reason: string }
  | { readonly state: 'unreachable'; readonly reason: string };

export interface Bot {
  /** Without a slash at its end: `https://chatapi.viber.com/pa`. */
  readonly apiUrl: string;
  readonly token: string;
}

export async function callViber(
  { apiUrl, token }: Bot,
  method: string,
  body: Readonly<Record<string, unknown>> = {},
): Promise<Called> {
  try {
    const response = await fetch(`${apiUrl}/${method}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'X-Viber-Auth-Token': token },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(30_000),
    });
    const read = Answer.safeParse(parseExact(await response.text()));
    if (!read.success) return { state: 'silent', reason: `HTTP ${response.status} without an answer` };
    const { status: code, status_message: reason } = read.data;
    return code === 0 ? { state: 'ok', result: read.data } : { state: 'refused', code, reason };
  } catch (error) {
    const { name, cause } = error as { name?: string; cause?: { code?: string } };
    const reason = cause?.code ?? name ?? 'no answer';
    return { state: NEVER_LEFT.includes(reason) ? 'unreachable' : 'silent', reason };
  }
}

// No connection came about, so nothing was sent.
const NEVER_LEFT = [
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENETUNREACH',
  'EHOSTUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
];
