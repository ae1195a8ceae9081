import { createHmac } from 'node:crypto';
import { jsonOrNone } from '@helpdesk/core';
import { z } from 'zod';

/** How Meta says no: https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes */
const Refusal = z.object({
  error: z.object({
    message: z.string().default(''),
    code: z.number().int(),
    is_transient: z.boolean().optional(),
    error_data: z.object({ details: z.string().optional() }).optional().catch(undefined),
  }),
});

/** What a call came to. `silent`: the request went out and no answer that can be read came back; `unreachable`: it did not go out. */
export type Called =
  | { readonly state: 'ok'; readonly result: unknown }
  | { readonly state: 'refused'; readonly code: number; readonly reason: string; readonly isPassing: boolean }
  | { readonly state: 'silent'; readonly reason: string }
  | { readonly state: 'unreachable'; readonly reason: string };

/** Who calls: an app with the token of a business. */
export interface Caller {
  /** With its version and without a slash at its end: `https://graph.facebook.com/v24.0`. */
  readonly apiUrl: string;
  readonly token: string;
  readonly appSecret: string;
}

export interface GraphCall {
  readonly method?: 'GET' | 'POST';
  /** Without a slash at its beginning. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  /** JSON, or a form when a file goes along. */
  readonly body?: Readonly<Record<string, unknown>> | FormData;
  readonly timeoutMs?: number;
}

/** Calls the Graph API, and proves by the app's secret that the token was not stolen. */
export async function callGraph(
  { apiUrl, token, appSecret }: Caller,
  { method = 'GET', path, query = {}, body, timeoutMs = 20_000 }: GraphCall,
): Promise<Called> {
  const proof = createHmac('sha256', appSecret).update(token).digest('hex');
  const search = new URLSearchParams({ ...query, appsecret_proof: proof }).toString();
  const isForm = body instanceof FormData;
  let response: Response;
  try {
    response = await fetch(`${apiUrl}/${path}?${search}`, {
      method,
      headers: {
        Authorization: `Bearer ${token}`,
        ...(body && !isForm ? { 'Content-Type': 'application/json' } : {}),
      },
      ...(body ? { body: isForm ? body : JSON.stringify(body) } : {}),
      signal: AbortSignal.timeout(timeoutMs),
    });
  } catch (error) {
    return { state: neverLeft(error) ? 'unreachable' : 'silent', reason: words(error) };
  }
  return readAnswer(response);
}

async function readAnswer(response: Response): Promise<Called> {
  const said = jsonOrNone(await response.text().catch(() => ''));
  if (response.ok && said !== undefined) return { state: 'ok', result: said };
  const { error } = Refusal.safeParse(said).data ?? {};
  if (!error) return { state: 'silent', reason: `HTTP ${response.status} without an answer` };
  const { code, message, error_data: more, is_transient: isPassing = false } = error;
  return { state: 'refused', code, reason: more?.details || message, isPassing };
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

const causeOf = (error: unknown) => (error as { cause?: { code?: string } }).cause?.code;
const neverLeft = (error: unknown): boolean => NEVER_LEFT.includes(causeOf(error) ?? '');
const words = (error: unknown): string =>
  causeOf(error) ?? (error instanceof Error ? error.name : 'no answer');
