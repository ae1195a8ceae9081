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
  return {
    visitor,
    token,
    key,
    call: (what, body, about = {}) => {
      const of = what === 'hello' ? '' : `/${about.visitor ?? visitor}`;
      return fetch(`${url}/inbound/web-chat/${about.key ?? key}${of}/${what}`, {
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
