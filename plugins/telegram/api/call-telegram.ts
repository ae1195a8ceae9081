import { jsonOrNone } from '@helpdesk/core';
import { z } from 'zod';

/** How Telegram answers: https://core.telegram.org/bots/api#making-requests */
const Answer = z.object({
  ok: z.boolean(),
  result: z.unknown().optional(),
  error_code: z.number().int().optional(),
  description: z.string().default(''),
  parameters: z.object({ retry_after: z.number().optional() }).optional(),
});

/** What a call came to. `silent`: the request went out and no answer that can be read came back; `unreachable`: it did not go out. */
export type Called =
  | { readonly state: 'ok'; readonly result: unknown }
  | {
      readonly state: 'refused';
      readonly code: number;
      readonly reason: string;
      readonly retryAfterMs?: number;
    }
  | { readonly state: 'silent'; readonly reason: string }
  | { readonly state: 'unreachable'; readonly reason: string };

export interface Bot {
  /** Without a slash at its end: `https://api.telegram.org`, or a Bot API server of one's own. */
  readonly apiUrl: string;
  readonly token: string;
}

/** @param body JSON, or a form when files go along */
export async function callTelegram(
  { apiUrl, token }: Bot,
  method: string,
  body: Readonly<Record<string, unknown>> | FormData = {},
  { timeoutMs = 20_000, signal }: { timeoutMs?: number; signal?: AbortSignal } = {},
): Promise<Called> {
  const isForm = body instanceof FormData;
  const limits = [AbortSignal.timeout(timeoutMs), ...(signal ? [signal] : [])];
  let response: Response;
  try {
    response = await fetch(`${apiUrl}/bot${token}/${method}`, {
      method: 'POST',
      ...(isForm ? {} : { headers: { 'Content-Type': 'application/json' } }),
      body: isForm ? body : JSON.stringify(body),
      signal: AbortSignal.any(limits),
    });
  } catch (error) {
    return { state: neverLeft(error) ? 'unreachable' : 'silent', reason: words(error) };
  }
  return readAnswer(response);
}

async function readAnswer(response: Response): Promise<Called> {
  const text = await response.text().catch(() => '');
  const read = Answer.safeParse(jsonOrNone(text));
  if (!read.success)
    return response.status >= 500
      ? { state: 'refused', code: response.status, reason: `HTTP ${response.status}` }
      : { state: 'silent', reason: `HTTP ${response.status} without an answer` };
  const { ok, result, error_code: code, description, parameters } = read.data;
  if (ok) return { state: 'ok', result };
  const seconds = parameters?.retry_after;
  return {
    state: 'refused',
    code: code ?? response.status,
    reason: description,
    ...(seconds === undefined ? {} : { retryAfterMs: seconds * 1000 }),
  };
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

function neverLeft(error: unknown): boolean {
  const { cause } = error as { cause?: { code?: string } };
  return NEVER_LEFT.includes(cause?.code ?? '');
}

/** The address of a call holds the token; it must not get into a log or a page. */
function words(error: unknown): string {
  const { name, cause } = error as { name?: string; cause?: { code?: string } };
  return cause?.code ?? name ?? 'no answer';
}
