import { randomBytes } from 'node:crypto';

/** A visitor's browser without its window: what `window/` says over the wire. */
export interface ChatPage {
  readonly visitor: string;
  readonly token: string;
  readonly key: string;
  call(
    what: string,
    body: object,
    about?: { origin?: string; visitor?: string; token?: string; key?: string },
  ): Promise<Response>;
  /** Sends a file before its message, as the window does. */
  bring(file: FileOfPage, about?: { visitor?: string; token?: string }): Promise<Response>;
  /** A file that was said, by its path in a line. */
  fetch(path: string): Promise<Response>;
}

export interface FileOfPage {
  readonly name: string;
  readonly type?: string;
  readonly content: Buffer;
}

export const SITE = 'https://shop.example';
const hex = () => randomBytes(16).toString('hex');

export function openPage({
  url,
  key,
  visitor = hex(),
  token = hex(),
}: {
  url: string;
  key: string;
  visitor?: string;
  token?: string;
}): ChatPage {
  const base = `${url}/inbound/web-chat`;
  return {
    visitor,
    token,
    key,
    fetch: (path) => fetch(`${base}/${path}`),
    bring: ({ name, type = '', content }, about = {}) =>
      fetch(`${base}/${key}/${about.visitor ?? visitor}/file`, {
        method: 'POST',
        headers: { 'Content-Type': 'text/plain', Origin: SITE },
        body: Buffer.concat([
          Buffer.from(`${JSON.stringify({ token: about.token ?? token, name, type })}\n`),
          content,
        ]),
      }),
    call: (what, body, about = {}) => {
      const of = what === 'hello' ? '' : `/${about.visitor ?? visitor}`;
      return fetch(`${base}/${about.key ?? key}${of}/${what}`, {
        method: 'POST',
        headers: {
          'Content-Type': 'text/plain',
          ...(about.origin === '' ? {} : { Origin: about.origin ?? SITE }),
        },
        body: JSON.stringify({ token: about.token ?? token, ...body }),
      });
    },
  };
}
