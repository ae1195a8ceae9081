import type { Route } from '@helpdesk/core';
import type { World } from './two-customers.js';

export interface Answer {
  readonly status: number;
  readonly location: string;
  readonly body: string;
}

export interface Question {
  readonly method: string;
  readonly path: string;
  /** The cookie header of who asks. */
  readonly cookie?: string;
  readonly fields?: Readonly<Record<string, string>>;
  readonly file?: { readonly name: string; readonly content: string };
  readonly headers?: Readonly<Record<string, string>>;
}

let asked = 0;

/** One request from an address that nobody used before, so that no limit stands in the way; follows no redirect. */
export async function askPortal({ desk }: World, question: Question): Promise<Answer> {
  const { method, path, cookie, fields = {}, file, headers = {} } = question;
  asked += 1;
  const answer = await fetch(desk.url + path, {
    method,
    redirect: 'manual',
    headers: {
      accept: 'text/html',
      'sec-fetch-site': 'same-origin',
      'x-forwarded-for': `10.${(asked >> 16) & 255}.${(asked >> 8) & 255}.${asked & 255}`,
      ...(cookie ? { cookie } : {}),
      ...headers,
    },
    ...(method === 'GET' ? {} : { body: bodyOf(fields, file) }),
  });
  const location = answer.headers.get('location') ?? '';
  return { status: answer.status, location, body: await answer.text() };
}

function bodyOf(
  fields: Readonly<Record<string, string>>,
  file: Question['file'],
): URLSearchParams | FormData {
  if (!file) return new URLSearchParams(fields);
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  form.append('files', new Blob([file.content], { type: 'text/plain' }), file.name);
  return form;
}

export const nameOf = ({ method, path }: Pick<Route, 'method' | 'path'>): string => `${method} ${path}`;

/** An answer without what differs from one visit to the next, and without the id that was asked for. */
export function plainly({ status, location, body }: Answer, id: string): string {
  const spelled = [id, encodeURIComponent(id)].filter((text) => text !== '');
  const text = spelled.reduce((rest, one) => rest.replaceAll(one, '#'), `${location}\n${body}`);
  return `${status} ${text.replaceAll(/[\w-]{20,}/g, '*')}`;
}
