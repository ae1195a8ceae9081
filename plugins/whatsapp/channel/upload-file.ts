import { readFile } from 'node:fs/promises';
import type { OutgoingMessage } from '@helpdesk/core';
import { z } from 'zod';
import { callGraph, type Called } from '../api/call-graph.js';
import type { BusinessNumber } from './number-of.js';

type Attachment = OutgoingMessage['attachments'][number];
export type FileKind = 'image' | 'video' | 'audio' | 'document';

const MEGABYTE = 1024 * 1024;
/** https://developers.facebook.com/docs/whatsapp/cloud-api/reference/media#supported-media-types */
const shown = [
  { kind: 'image', types: ['image/jpeg', 'image/png'], most: 5 * MEGABYTE },
  { kind: 'video', types: ['video/mp4', 'video/3gpp'], most: 16 * MEGABYTE },
  {
    kind: 'audio',
    types: ['audio/aac', 'audio/amr', 'audio/mpeg', 'audio/mp4', 'audio/ogg'],
    most: 16 * MEGABYTE,
  },
] as const;
const documents = [
  'text/plain',
  'application/pdf',
  'application/msword',
  'application/vnd.ms-excel',
  'application/vnd.ms-powerpoint',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation',
];

/** How WhatsApp takes a file; undefined when it does not. Every kind of text goes as plain text. */
export function formOf({
  contentType,
  size,
}: Pick<Attachment, 'contentType' | 'size'>): { kind: FileKind; type: string } | undefined {
  const type = contentType.split(';')[0]?.trim().toLowerCase() ?? '';
  const { kind } = shown.find(({ types, most }) => types.some((one) => one === type) && size <= most) ?? {};
  if (kind) return { kind, type };
  if (type.startsWith('text/')) return { kind: 'document', type: 'text/plain' };
  const isKnown = documents.includes(type) || shown.some(({ types }) => types.some((one) => one === type));
  return isKnown ? { kind: 'document', type } : undefined;
}

const Uploaded = z.object({ id: z.string() });

/** Brings a file to WhatsApp, where it waits for the message that shows it. @returns its id, or what went wrong */
export async function uploadFile(
  number: BusinessNumber,
  { path, filename }: Attachment,
  type: string,
): Promise<{ id: string } | Exclude<Called, { state: 'ok' }>> {
  const form = new FormData();
  form.set('messaging_product', 'whatsapp');
  form.set('type', type);
  form.set('file', new Blob([await readFile(path)], { type }), filename);
  const called = await callGraph(number, {
    method: 'POST',
    path: `${number.phoneNumberId}/media`,
    body: form,
    timeoutMs: 100_000,
  });
  if (called.state !== 'ok') return called;
  return Uploaded.safeParse(called.result).data ?? { state: 'silent', reason: 'a file got no id' };
}
