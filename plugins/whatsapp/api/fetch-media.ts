import { ParseLater, type HostApp } from '@helpdesk/core';
import { z } from 'zod';
import { callGraph, type Caller } from './call-graph.js';

const Found = z.object({ url: z.url(), file_size: z.coerce.number().optional() });
/** The largest that WhatsApp carries: https://developers.facebook.com/docs/whatsapp/cloud-api/reference/media */
const LARGEST = 100 * 1024 * 1024;
const HOSTS = /(^|\.)(fbsbx\.com|facebook\.com|fbcdn\.net|whatsapp\.net)$/;

/**
 * Fetches a file of a message into the desk's store: its address is asked for, then its bytes, both with the token.
 * @returns undefined when WhatsApp does not give it (any more)
 * @throws ParseLater when WhatsApp does not answer
 */
export async function fetchMedia(
  app: Pick<HostApp, 'files'>,
  caller: Caller,
  { mediaId, phoneNumberId }: { mediaId: string; phoneNumberId: string },
): Promise<{ sha256: string; size: number } | undefined> {
  if (!/^[\w-]{1,200}$/.test(mediaId)) return undefined;
  const called = await callGraph(caller, { path: mediaId, query: { phone_number_id: phoneNumberId } });
  if (called.state === 'refused' && !called.isPassing) return undefined;
  if (called.state !== 'ok') throw new ParseLater(`a file: ${called.reason}`);
  const found = Found.safeParse(called.result).data;
  if (!found || (found.file_size ?? 0) > LARGEST || !mayHaveToken(found.url, caller)) return undefined;
  const response = await fetch(found.url, {
    headers: { Authorization: `Bearer ${caller.token}` },
    signal: AbortSignal.timeout(60_000),
  }).catch(() => undefined);
  if (!response || response.status >= 500) throw new ParseLater('a file could not be fetched');
  if (!response.ok) return undefined;
  const content = await response.arrayBuffer().catch(() => undefined);
  if (!content) throw new ParseLater('a file broke off');
  return content.byteLength > LARGEST ? undefined : app.files.put(Buffer.from(content));
}

/** The token is shown to Meta's own hosts alone. */
function mayHaveToken(url: string, { apiUrl }: Caller): boolean {
  const { origin, protocol, hostname } = new URL(url);
  return origin === new URL(apiUrl).origin || (protocol === 'https:' && HOSTS.test(hostname));
}
