import type { IncomingMessage } from 'node:http';
import { errors } from '../errors/errors.js';
import { formatBytes } from '../i18n/format-numbers.js';
import { cleanText } from './clean-text.js';

const FIELDS_MOST = 2000;

/**
 * The bytes of a request, counted while they come.
 * @param language of the words in the error
 * @throws TOO_LARGE
 */
export async function readBytes(
  request: IncomingMessage,
  maxBytes: number,
  language = 'en',
): Promise<Buffer> {
  const tooLarge = () => errors.TOO_LARGE({ limit: formatBytes(maxBytes, { language }) });
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) throw tooLarge();
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of request as AsyncIterable<Buffer>) {
    size += piece.length;
    if (size > maxBytes) throw tooLarge();
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

/** Fields of a form: a text, or texts when the name came more than once. Never an object, whatever the names are. */
export type Fields = ReadonlyMap<string, string | string[]>;

/** @throws INPUT_INVALID with more than 2,000 fields */
export function readUrlencoded(text: string): Fields {
  const fields = new Map<string, string | string[]>();
  let count = 0;
  for (const [name, value] of new URLSearchParams(text)) {
    if (++count > FIELDS_MOST) throw errors.INPUT_INVALID({ because: 'too many fields' });
    addField(fields, name, value);
  }
  return fields;
}

export function addField(fields: Map<string, string | string[]>, name: string, value: string): void {
  const before = fields.get(name);
  // Browsers send CR LF in text areas; stored text has LF alone.
  const clean = cleanText(value.replaceAll('\r\n', '\n'));
  if (before === undefined) fields.set(name, clean);
  else if (Array.isArray(before)) before.push(clean);
  else fields.set(name, [before, clean]);
}

/** JSON without the names that reach into prototypes. @throws INPUT_INVALID */
export function readJson(text: string): unknown {
  try {
    return JSON.parse(text, (key, value: unknown) =>
      key === '__proto__' || key === 'constructor' || key === 'prototype' ? undefined : value,
    );
  } catch {
    throw errors.INPUT_INVALID({ because: 'the body is no JSON' });
  }
}
