import { ParseLater, type HostApp } from '@helpdesk/core';

/** What Viber carries: https://developers.viber.com/docs/api/rest-bot-api/#file-message */
const LARGEST = 50 * 1024 * 1024;

/**
 * Fetches a file of a message into the desk's store; it lies at Viber's for an hour.
 * @returns undefined when it is not given (any more), or lies elsewhere
 * @throws ParseLater when Viber does not answer
 */
export async function fetchFile(
  app: Pick<HostApp, 'files'>,
  { url, hosts }: { url: string; hosts: readonly string[] },
): Promise<{ sha256: string; size: number } | undefined> {
  const { hostname } = URL.canParse(url) ? new URL(url) : { hostname: '' };
  if (!hosts.some((host) => hostname === host || hostname.endsWith(`.${host}`))) return undefined;
  const response = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(60_000) }).catch(
    () => undefined,
  );
  if (!response || response.status >= 500) throw new ParseLater('a file could not be fetched');
  if (!response.ok || Number(response.headers.get('Content-Length') ?? 0) > LARGEST) return undefined;
  const content = await response.arrayBuffer().catch(() => undefined);
  if (!content) throw new ParseLater('a file broke off');
  return content.byteLength > LARGEST ? undefined : app.files.put(Buffer.from(content));
}
