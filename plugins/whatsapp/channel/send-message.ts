import type { DeliveryResult, OutgoingMessage } from '@helpdesk/core';
import { z } from 'zod';
import { callGraph } from '../api/call-graph.js';
import type { BusinessNumber } from './number-of.js';
import { partsOf, type Part, type UploadedFile } from './parts-of.js';
import { templatePart, type WhatsAppTemplate } from './templates.js';
import { troubleOf } from './trouble-of.js';
import { formOf, uploadFile } from './upload-file.js';

const Sent = z.object({ messages: z.array(z.object({ id: z.string() })).min(1) });

export interface Sending {
  /** As the desk knows it. */
  readonly recipient: string;
  /** As WhatsApp does: a number, or the name of one who hides it. */
  readonly address: string;
  readonly templates: readonly WhatsAppTemplate[];
  aboutToSend(): Promise<void>;
}

/** Sends an answer to one person: its words or its template, its files, its buttons. */
export async function sendMessage(
  number: BusinessNumber,
  message: OutgoingMessage,
  { recipient, address, templates, aboutToSend }: Sending,
): Promise<DeliveryResult> {
  const prepared = await prepare(number, message, { recipient, templates });
  if (!Array.isArray(prepared)) return prepared;
  await aboutToSend();
  const whom = /^\d+$/.test(address) ? { to: address } : { recipient: address };
  let externalId: string | undefined;
  for (const [index, part] of prepared.entries()) {
    const called = await callGraph(number, {
      method: 'POST',
      path: `${number.phoneNumberId}/messages`,
      body: { messaging_product: 'whatsapp', recipient_type: 'individual', ...whom, ...part },
      timeoutMs: 60_000,
    });
    if (called.state !== 'ok') return troubleOf(called, { recipient, isLater: index > 0 });
    externalId ??= Sent.safeParse(called.result).data?.messages[0]?.id;
  }
  return { recipient, state: 'sent', ...(externalId ? { externalId } : {}) };
}

/** Everything that can be done before the first word goes out; trying again does no harm until then. */
async function prepare(
  number: BusinessNumber,
  { text, attachments, buttons, template }: OutgoingMessage,
  { recipient, templates }: { recipient: string; templates: readonly WhatsAppTemplate[] },
): Promise<Part[] | DeliveryResult> {
  const fail = (reason: string): DeliveryResult => ({ recipient, state: 'failed', reason });
  if (template) {
    const known = templates.find(
      ({ key, language }) => key === template.key && language === template.language,
    );
    return known
      ? [templatePart(known, template.values)]
      : fail(`the template ${template.key} is not approved`);
  }
  const files: UploadedFile[] = [];
  const formed = attachments.map((attachment) => ({ attachment, form: formOf(attachment) }));
  const strange = formed.find(({ form }) => form === undefined);
  if (strange) return fail(`WhatsApp carries no files of the type ${strange.attachment.contentType}`);
  for (const { attachment, form } of formed) {
    if (!form) continue;
    const uploaded = await uploadFile(number, attachment, form.type);
    if ('id' in uploaded) files.push({ id: uploaded.id, kind: form.kind, filename: attachment.filename });
    else if (uploaded.state === 'silent') return { recipient, state: 'retry', reason: uploaded.reason };
    else return troubleOf(uploaded, { recipient, isLater: false });
  }
  return partsOf({ text, files, buttons });
}
